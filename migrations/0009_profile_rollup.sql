-- Feature profiles: what a bucket of time (an hour or a part of one) holds of every feature, counted on one reference's bins. A cache of the raw
-- predictions: a bucket is recomputed and replaced as a whole. The model's output stands under the empty feature name.
CREATE TABLE IF NOT EXISTS feature_profiles
(
    project         LowCardinality(String),
    reference_id    LowCardinality(String),
    model           LowCardinality(String),
    version         LowCardinality(String),
    environment     LowCardinality(String),
    segment         LowCardinality(String),
    bucket_ms       UInt32,
    bucket          DateTime('UTC'),
    feature         LowCardinality(String),
    number_count    Float64,
    string_count    Float64,
    boolean_count   Float64,
    null_count      Float64,
    minimum         Float64,
    maximum         Float64,
    sum             Float64,
    sum_squares     Float64,
    grid_counts     Array(Float64),
    categories      Map(String, Float64),
    other_count     Float64,
    computed_at     DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(bucket)
ORDER BY (project, model, reference_id, segment, bucket_ms, version, environment, bucket, feature);

-- How many predictions the same buckets hold: weighted, and as rows.
CREATE TABLE IF NOT EXISTS profile_buckets
(
    project         LowCardinality(String),
    reference_id    LowCardinality(String),
    model           LowCardinality(String),
    version         LowCardinality(String),
    environment     LowCardinality(String),
    segment         LowCardinality(String),
    bucket_ms       UInt32,
    bucket          DateTime('UTC'),
    rows            UInt64,
    weight          Float64,
    computed_at     DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(bucket)
ORDER BY (project, model, reference_id, segment, bucket_ms, version, environment, bucket);
