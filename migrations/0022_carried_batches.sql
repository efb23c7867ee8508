-- The record of a batch rides on its last prediction: beside it, in `batches`, it costs an insert and a part of its own for each group of events.
ALTER TABLE predictions ADD COLUMN IF NOT EXISTS batch_id String CODEC(ZSTD(1));
ALTER TABLE predictions ADD COLUMN IF NOT EXISTS batch_record String CODEC(ZSTD(1));
ALTER TABLE predictions ADD INDEX IF NOT EXISTS by_batch_id batch_id TYPE bloom_filter(0.01) GRANULARITY 1;
