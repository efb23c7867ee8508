-- Verdicts, every revision of them.
CREATE TABLE IF NOT EXISTS evaluations
(
    project       LowCardinality(String),
    model         LowCardinality(String),
    version       LowCardinality(String),
    environment   LowCardinality(String),
    monitor_id    String,
    kind          LowCardinality(String),
    segment       String,
    window_start  DateTime64(3, 'UTC'),
    window_end    DateTime64(3, 'UTC'),
    revision      UInt32,
    outcome       LowCardinality(String),
    cause         LowCardinality(Nullable(String)),
    reason        String CODEC(ZSTD(3)),
    detail        String CODEC(ZSTD(3)),
    state         String CODEC(ZSTD(3)),
    evaluated_at  DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(evaluated_at)
ORDER BY (project, model, kind, monitor_id, version, environment, segment, window_start, revision)
SETTINGS non_replicated_deduplication_window = 10000;
