-- Raw labels as they came; history is kept, the latest timestamp of a prediction wins.
CREATE TABLE IF NOT EXISTS labels
(
    project        LowCardinality(String),
    model          LowCardinality(String),
    prediction_id  String,
    label          LowCardinality(Nullable(String)),
    value          Nullable(Float64),
    timestamp      DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at    DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    payload_hash   UInt64,
    INDEX by_received received_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (project, model, prediction_id, timestamp, payload_hash)
SETTINGS non_replicated_deduplication_window = 10000;

-- Labels with the prediction they belong to, laid beside it by hour: joining a window reads that window only. Filled by the resolver.
CREATE TABLE IF NOT EXISTS resolved_labels
(
    project               LowCardinality(String),
    model                 LowCardinality(String),
    version               LowCardinality(String),
    environment           LowCardinality(String),
    prediction_id         String,
    prediction_timestamp  DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    label                 LowCardinality(Nullable(String)),
    value                 Nullable(Float64),
    timestamp             DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at           DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    payload_hash          UInt64,
    resolved_at           DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(prediction_timestamp)
ORDER BY (project, model, toStartOfHour(prediction_timestamp), version, environment, prediction_id, timestamp, payload_hash)
SETTINGS non_replicated_deduplication_window = 10000;

-- Labels whose prediction has not been seen (yet).
CREATE TABLE IF NOT EXISTS orphan_labels
(
    project        LowCardinality(String),
    model          LowCardinality(String),
    prediction_id  String,
    label          LowCardinality(Nullable(String)),
    value          Nullable(Float64),
    timestamp      DateTime64(3, 'UTC'),
    received_at    DateTime64(3, 'UTC'),
    payload_hash   UInt64,
    is_resolved    UInt8 DEFAULT 0
)
ENGINE = ReplacingMergeTree(is_resolved)
ORDER BY (project, model, prediction_id, timestamp, payload_hash);

-- How far the resolver has come, by received_at.
CREATE TABLE IF NOT EXISTS label_resolution
(
    project              LowCardinality(String),
    model                LowCardinality(String),
    labels_until         DateTime64(3, 'UTC'),
    predictions_until    DateTime64(3, 'UTC'),
    at                   DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (project, model);
