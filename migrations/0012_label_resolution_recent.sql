-- How many rows the resolver saw in the settling time before the newest one: while neither changes, nothing has come.
ALTER TABLE label_resolution ADD COLUMN IF NOT EXISTS recent_labels UInt64;
ALTER TABLE label_resolution ADD COLUMN IF NOT EXISTS recent_predictions UInt64;
