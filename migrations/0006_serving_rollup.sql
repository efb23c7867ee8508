-- When which hour of which roll-up was last recomputed: an hour whose rows are newer is dirty.
CREATE TABLE IF NOT EXISTS rollup_hours
(
    project      LowCardinality(String),
    rollup       LowCardinality(String),
    model        LowCardinality(String),
    version      LowCardinality(String),
    environment  LowCardinality(String),
    hour         DateTime('UTC'),
    computed_at  DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(computed_at)
ORDER BY (project, rollup, model, version, environment, hour);

-- Requests per minute: how many, how many failed, and how long they took (logarithmic buckets: core/src/slo/latency-histogram.ts).
CREATE TABLE IF NOT EXISTS serving_minutes
(
    project         LowCardinality(String),
    model           LowCardinality(String),
    version         LowCardinality(String),
    environment     LowCardinality(String),
    minute          DateTime('UTC'),
    total           Float64,
    errors          Float64,
    latency_buckets Array(Int16),
    latency_counts  Array(Float64),
    computed_at     DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(minute)
ORDER BY (project, model, version, environment, minute);
