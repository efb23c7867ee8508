-- Requests per minute of a slice of the traffic, for the monitors that watch one: as serving_minutes, by segment.
CREATE TABLE IF NOT EXISTS serving_segment_minutes
(
    project         LowCardinality(String),
    model           LowCardinality(String),
    segment         LowCardinality(String),
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
ORDER BY (project, model, segment, version, environment, minute);
