-- When labels of which hour of predictions were last resolved. Maxima only: a repeated insert changes nothing.
CREATE TABLE IF NOT EXISTS label_activity
(
    project           LowCardinality(String),
    model             LowCardinality(String),
    version           LowCardinality(String),
    environment       LowCardinality(String),
    hour              DateTime('UTC'),
    last_resolved_at  SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    last_timestamp    SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY (project, model, hour, version, environment)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS label_activity_view TO label_activity AS
SELECT
    project,
    model,
    version,
    environment,
    toStartOfHour(prediction_timestamp) AS hour,
    max(resolved_at) AS last_resolved_at,
    max(timestamp) AS last_timestamp
FROM resolved_labels
GROUP BY project, model, version, environment, hour;

ALTER TABLE resolved_labels ADD INDEX IF NOT EXISTS by_received received_at TYPE minmax GRANULARITY 1;
ALTER TABLE orphan_labels ADD INDEX IF NOT EXISTS by_received received_at TYPE minmax GRANULARITY 1;
ALTER TABLE predictions ADD INDEX IF NOT EXISTS by_received received_at TYPE minmax GRANULARITY 1;
