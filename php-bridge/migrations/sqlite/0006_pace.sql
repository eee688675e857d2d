-- How many orders (`order`) and changes of status (`status`) went over on a day of the shop's calendar, by how many
-- seconds they had waited at most; 0: nobody waited.
CREATE TABLE IF NOT EXISTS {pace} (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (day, kind, seconds)
);
