-- Configuration and small state: one append-only row per change. The latest revision of an id is its value; the older ones are the audit log.
CREATE TABLE IF NOT EXISTS records
(
    project   LowCardinality(String),
    kind      LowCardinality(String),
    id        String,
    revision  UInt64,
    body      String CODEC(ZSTD(3)),
    deleted   Bool DEFAULT false,
    actor     String,
    at        DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (project, kind, id, revision)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1;
