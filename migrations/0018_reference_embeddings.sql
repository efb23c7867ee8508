-- Embeddings of uploaded references, and a row's place in its table: what a sample draws follows from it, also where all rows hold the same.
-- Rows from before have no place and are drawn by what they hold.
ALTER TABLE reference_rows ADD COLUMN IF NOT EXISTS embeddings Map(LowCardinality(String), Array(Float32));

ALTER TABLE reference_rows ADD COLUMN IF NOT EXISTS place UInt64;
