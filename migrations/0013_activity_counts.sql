-- How many rows ever came for an hour, and how many of them a roll-up had heard of when it was computed: tells that rows came whatever the
-- clocks of those who stamped them say. Only ever compared: a row counted twice costs one recount of its hour and changes no figure.
ALTER TABLE prediction_activity ADD COLUMN IF NOT EXISTS rows SimpleAggregateFunction(sum, UInt64);

ALTER TABLE prediction_activity_view MODIFY QUERY
SELECT
    project,
    model,
    version,
    environment,
    toStartOfHour(timestamp) AS hour,
    min(timestamp) AS first_timestamp,
    max(timestamp) AS last_timestamp,
    max(received_at) AS last_received_at,
    count() AS rows
FROM predictions
GROUP BY project, model, version, environment, hour;

ALTER TABLE rollup_hours ADD COLUMN IF NOT EXISTS rows UInt64;
