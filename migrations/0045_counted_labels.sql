-- How many labels ever came for a model: tells that some came whatever the clocks of those who stamped them say. Only ever compared: a label
-- counted twice costs one look and changes no figure.
ALTER TABLE label_receipts ADD COLUMN IF NOT EXISTS rows SimpleAggregateFunction(sum, UInt64);

ALTER TABLE label_receipts_view MODIFY QUERY
SELECT
    project,
    model,
    toStartOfHour(received_at) AS hour,
    max(received_at) AS last_received_at,
    max(timestamp) AS last_timestamp,
    count() AS rows
FROM labels
GROUP BY project, model, hour;
