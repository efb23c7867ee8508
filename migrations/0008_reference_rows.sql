-- Rows a user uploaded as a reference: as predictions, with the label beside them where it is known.
CREATE TABLE IF NOT EXISTS reference_rows
(
    project          LowCardinality(String),
    reference_id     String,
    timestamp        DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    weight           Float32 DEFAULT 1,
    numbers          Map(LowCardinality(String), Float64),
    strings          Map(LowCardinality(String), String),
    booleans         Map(LowCardinality(String), Bool),
    nulls            Array(LowCardinality(String)),
    predicted_label  LowCardinality(Nullable(String)),
    score            Nullable(Float64),
    scores           Map(LowCardinality(String), Float64),
    predicted_value  Nullable(Float64),
    label            LowCardinality(Nullable(String)),
    label_value      Nullable(Float64),
    tags             Map(LowCardinality(String), String)
)
ENGINE = MergeTree
ORDER BY (project, reference_id, timestamp)
SETTINGS non_replicated_deduplication_window = 10000;
