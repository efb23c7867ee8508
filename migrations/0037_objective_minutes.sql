-- Requests per minute as a latency objective counts them: good is within its very threshold, which the buckets of serving_minutes know to 5 % only.
CREATE TABLE IF NOT EXISTS objective_minutes
(
    project      LowCardinality(String),
    model        LowCardinality(String),
    segment      LowCardinality(String),
    threshold_ms Float64,
    environment  LowCardinality(String),
    version      LowCardinality(String),
    minute       DateTime('UTC'),
    total        Float64,
    good         Float64,
    failed       Float64,
    untimed      Float64,
    computed_at  DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(minute)
ORDER BY (project, model, segment, threshold_ms, environment, version, minute)
SETTINGS old_parts_lifetime = 480;
