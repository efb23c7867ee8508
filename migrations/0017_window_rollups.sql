-- What the labelled rows of a window reduce to (metrics, arrivals of labels): a cache of the raw rows, so that a late label costs the windows it
-- touches. `rollup` names the statement that made a body and what it was bound to; `came` is how many predictions and labels had come for the
-- window's hours then: a body is of use for as long as no more have. The higher count wins, whatever the clocks of those who wrote say.
CREATE TABLE IF NOT EXISTS window_rollups
(
    project       LowCardinality(String),
    model         LowCardinality(String),
    version       LowCardinality(String),
    environment   LowCardinality(String),
    rollup        LowCardinality(String),
    window_start  DateTime64(3, 'UTC'),
    came          UInt64,
    body          String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree(came)
ORDER BY (project, model, version, environment, rollup, window_start);

-- How many labels were laid beside the predictions of an hour. Only ever compared, as the rows of `prediction_activity` are.
ALTER TABLE label_activity ADD COLUMN IF NOT EXISTS rows SimpleAggregateFunction(sum, UInt64);

ALTER TABLE label_activity_view MODIFY QUERY
SELECT
    project,
    model,
    version,
    environment,
    toStartOfHour(prediction_timestamp) AS hour,
    max(resolved_at) AS last_resolved_at,
    max(timestamp) AS last_timestamp,
    count() AS rows
FROM resolved_labels
GROUP BY project, model, version, environment, hour;

-- When labels of a model came, by the hour: maxima only, a repetition changes nothing. Tells the newest without a look at all labels.
CREATE TABLE IF NOT EXISTS label_receipts
(
    project           LowCardinality(String),
    model             LowCardinality(String),
    hour              DateTime('UTC'),
    last_received_at  SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    last_timestamp    SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY (project, model, hour)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS label_receipts_view TO label_receipts AS
SELECT
    project,
    model,
    toStartOfHour(received_at) AS hour,
    max(received_at) AS last_received_at,
    max(timestamp) AS last_timestamp
FROM labels
GROUP BY project, model, hour;
