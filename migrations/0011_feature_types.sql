-- Which features came with which kinds of value: the schema that models make on the fly. Minima and maxima only, so that a repetition changes nothing.
CREATE TABLE IF NOT EXISTS feature_types
(
    project     LowCardinality(String),
    model       LowCardinality(String),
    version     LowCardinality(String),
    feature     String,
    kind        LowCardinality(String),
    first_seen  SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_seen   SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY (project, model, version, feature, kind);

-- Events that were not taken, counted by reason and minute: what a sender was told in its answer, kept for whoever looks later.
CREATE TABLE IF NOT EXISTS refused_events
(
    project  LowCardinality(String),
    model    LowCardinality(String),
    kind     LowCardinality(String),
    code     LowCardinality(String),
    minute   DateTime('UTC'),
    events   SimpleAggregateFunction(sum, UInt64),
    example  SimpleAggregateFunction(anyLast, String)
)
ENGINE = AggregatingMergeTree
ORDER BY (project, model, kind, code, minute)
TTL minute + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000;
