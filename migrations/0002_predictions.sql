-- Raw predictions: the truth that every roll-up is recomputed from. Identity is (project, model, version, id); of two rows with the same
-- identity the one received first stays (its precedence is higher).
CREATE TABLE IF NOT EXISTS predictions
(
    project          LowCardinality(String),
    model            LowCardinality(String),
    version          LowCardinality(String),
    environment      LowCardinality(String),
    id               String,
    timestamp        DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at      DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    payload_hash     UInt64,
    weight           Float32 DEFAULT 1,
    numbers          Map(LowCardinality(String), Float64),
    strings          Map(LowCardinality(String), String),
    booleans         Map(LowCardinality(String), Bool),
    nulls            Array(LowCardinality(String)),
    predicted_label  LowCardinality(Nullable(String)),
    score            Nullable(Float64),
    scores           Map(LowCardinality(String), Float64),
    predicted_value  Nullable(Float64),
    latency_ms       Nullable(Float64),
    error            String,
    tags             Map(LowCardinality(String), String),
    embeddings       Map(LowCardinality(String), Array(Float32)),
    precedence       UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Milli(received_at)),
    INDEX by_id id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(precedence)
PARTITION BY toYYYYMM(timestamp)
ORDER BY (project, model, toStartOfHour(timestamp), version, environment, id)
SETTINGS non_replicated_deduplication_window = 10000;

-- What came when, per hour. Only minima and maxima, never sums: a repeated insert changes nothing.
CREATE TABLE IF NOT EXISTS prediction_activity
(
    project            LowCardinality(String),
    model              LowCardinality(String),
    version            LowCardinality(String),
    environment        LowCardinality(String),
    hour               DateTime('UTC'),
    first_timestamp    SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_timestamp     SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    last_received_at   SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY (project, model, hour, version, environment)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS prediction_activity_view TO prediction_activity AS
SELECT
    project,
    model,
    version,
    environment,
    toStartOfHour(timestamp) AS hour,
    min(timestamp) AS first_timestamp,
    max(timestamp) AS last_timestamp,
    max(received_at) AS last_received_at
FROM predictions
GROUP BY project, model, version, environment, hour;
