-- The values of a reference's features that have too many to name: a hash of each, when it first and last came, and how often. A window's
-- values are looked up here. Bounded for each reference; written again with the same rows when the same reference is made again.
CREATE TABLE IF NOT EXISTS reference_values
(
    project       LowCardinality(String),
    reference_id  String,
    feature       LowCardinality(String),
    value_hash    UInt64,
    first         DateTime64(3, 'UTC'),
    last          DateTime64(3, 'UTC'),
    rows          UInt64,
    weight        Float64
)
ENGINE = ReplacingMergeTree
ORDER BY (project, reference_id, feature, value_hash)
SETTINGS old_parts_lifetime = 480;

-- Rows of a bucket whose value was looked up there: those it holds, and those it does not. Zero where nothing was looked up.
ALTER TABLE feature_profiles ADD COLUMN IF NOT EXISTS known_count Float64 DEFAULT 0 AFTER other_count;
ALTER TABLE feature_profiles ADD COLUMN IF NOT EXISTS unseen_count Float64 DEFAULT 0 AFTER known_count;
