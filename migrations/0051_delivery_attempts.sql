-- One row per attempt to notify a channel: what was sent and what was answered, with secrets removed. Kept for 30 days.
CREATE TABLE IF NOT EXISTS delivery_attempts
(
    project          LowCardinality(String),
    channel_id       String,
    at               DateTime64(3, 'UTC'),
    notification_id  String,
    incident_id      String,
    transition       LowCardinality(String),
    attempt          UInt32,
    took_ms          Float64,
    outcome          LowCardinality(String),
    concerns_message Bool,
    retry_after_ms   Float64,
    answer           String CODEC(ZSTD(3)),
    request          String CODEC(ZSTD(3))
)
ENGINE = MergeTree
ORDER BY (project, channel_id, at, notification_id)
TTL toDateTime(at) + INTERVAL 30 DAY
SETTINGS non_replicated_deduplication_window = 10000, old_parts_lifetime = 480;
