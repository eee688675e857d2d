-- How many orders (`order`) and changes of status (`status`) went over on a day of the shop's calendar, by how many
-- seconds they had waited at most; 0: nobody waited.
CREATE TABLE IF NOT EXISTS {pace} (
    day CHAR(10) NOT NULL,
    kind VARCHAR(8) NOT NULL,
    seconds INT UNSIGNED NOT NULL,
    amount INT UNSIGNED NOT NULL,
    PRIMARY KEY (day, kind, seconds)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
