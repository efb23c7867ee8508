-- Which batch ids came with which content: the same again is answered again, other content is refused.
CREATE TABLE IF NOT EXISTS batches
(
    project       LowCardinality(String),
    kind          LowCardinality(String),
    batch_id      String,
    content_hash  String,
    accepted      UInt32,
    duplicate     UInt32,
    rejected      String,
    received_at   DateTime64(3, 'UTC'),
    INDEX by_batch batch_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (project, kind, batch_id)
TTL toDateTime(received_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS telemetry
(
    project      LowCardinality(String),
    metric       LowCardinality(String),
    model        LowCardinality(String),
    version      LowCardinality(String),
    replica      LowCardinality(String),
    timestamp    DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at  DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    kind         LowCardinality(String),
    unit         LowCardinality(String),
    value        Nullable(Float64),
    sum          Nullable(Float64),
    count        Nullable(UInt64),
    bucket_edges Array(Float64),
    bucket_counts Array(UInt64),
    attributes   Map(LowCardinality(String), String),
    payload_hash UInt64
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(timestamp)
ORDER BY (project, metric, model, version, replica, timestamp, payload_hash)
SETTINGS non_replicated_deduplication_window = 10000;
