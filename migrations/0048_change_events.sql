-- What changed around the models: deploys, settings, data, notes; sent by people and jobs, or seen by the product itself. Few rows: one id is one event, and the first that came stays.
CREATE TABLE IF NOT EXISTS change_events
(
    project      LowCardinality(String),
    id           String,
    timestamp    DateTime64(3, 'UTC'),
    kind         LowCardinality(String),
    title        String,
    model        LowCardinality(String),
    version      LowCardinality(String),
    environment  LowCardinality(String),
    git_sha      String,
    url          String,
    source       LowCardinality(String),
    attributes   Map(String, String),
    received_at  DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY (project, id)
SETTINGS non_replicated_deduplication_window = 10000, old_parts_lifetime = 480;
