-- How many rows the resolver saw in the quarter of an hour before the settling time: an insert that was held up longer shows in their number.
ALTER TABLE label_resolution ADD COLUMN IF NOT EXISTS settled_labels UInt64;
ALTER TABLE label_resolution ADD COLUMN IF NOT EXISTS settled_predictions UInt64;
