-- What the resolver's join yields: nothing is kept here, the views below lay matched labels beside their predictions and let the others wait.
CREATE TABLE IF NOT EXISTS label_matches
(
    project               LowCardinality(String),
    model                 LowCardinality(String),
    version               LowCardinality(String),
    environment           LowCardinality(String),
    prediction_id         String,
    prediction_timestamp  DateTime64(3, 'UTC'),
    label                 LowCardinality(Nullable(String)),
    value                 Nullable(Float64),
    timestamp             DateTime64(3, 'UTC'),
    received_at           DateTime64(3, 'UTC'),
    payload_hash          UInt64,
    resolved_at           DateTime64(3, 'UTC'),
    is_matched            UInt8
)
ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS matched_labels_view TO resolved_labels AS
SELECT project, model, version, environment, prediction_id, prediction_timestamp, label, value, timestamp, received_at, payload_hash, resolved_at
FROM label_matches
WHERE is_matched;

CREATE MATERIALIZED VIEW IF NOT EXISTS unmatched_labels_view TO orphan_labels AS
SELECT project, model, prediction_id, label, value, timestamp, received_at, payload_hash, 0 AS is_resolved
FROM label_matches
WHERE NOT is_matched;

-- A late label is looked for by its prediction's id: at one false hit in ten thousand, a few hundred of them leave most of history unread.
ALTER TABLE predictions DROP INDEX IF EXISTS by_id;
ALTER TABLE predictions ADD INDEX IF NOT EXISTS by_prediction_id id TYPE bloom_filter(0.0001) GRANULARITY 1;
