-- Which backfill wants to know how the job ends; 0: none. Not indexed: the checkout would pay for it.
ALTER TABLE {job} ADD COLUMN backfill INTEGER NOT NULL DEFAULT 0;
