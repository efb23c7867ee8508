-- Which tags, texts and booleans a version's predictions carried, by day: what they can be broken down by, without a look at them.
CREATE TABLE IF NOT EXISTS prediction_names
(
    project      LowCardinality(String),
    model        LowCardinality(String),
    version      LowCardinality(String),
    environment  LowCardinality(String),
    day          Date,
    kind         LowCardinality(String),
    name         String
)
ENGINE = ReplacingMergeTree
ORDER BY (project, model, version, environment, day, kind, name)
SETTINGS non_replicated_deduplication_window = 10000, old_parts_lifetime = 480;

CREATE MATERIALIZED VIEW IF NOT EXISTS prediction_names_view TO prediction_names AS
SELECT project, model, version, environment, day, pair.1 AS kind, pair.2 AS name
FROM
(
    SELECT project, model, version, environment, toDate(timestamp) AS day,
        groupUniqArrayArray(500)(mapKeys(tags)) AS tag_names,
        groupUniqArrayArray(500)(arrayConcat(mapKeys(strings), mapKeys(booleans))) AS feature_names
    FROM predictions
    GROUP BY project, model, version, environment, day
)
ARRAY JOIN arrayConcat(arrayMap(one -> ('tag', toString(one)), tag_names), arrayMap(one -> ('feature', toString(one)), feature_names)) AS pair;

-- Predictions from before. The same names twice are one.
INSERT INTO prediction_names
SELECT project, model, version, environment, day, pair.1 AS kind, pair.2 AS name
FROM
(
    SELECT project, model, version, environment, toDate(timestamp) AS day,
        groupUniqArrayArray(500)(mapKeys(tags)) AS tag_names,
        groupUniqArrayArray(500)(arrayConcat(mapKeys(strings), mapKeys(booleans))) AS feature_names
    FROM predictions
    GROUP BY project, model, version, environment, day
)
ARRAY JOIN arrayConcat(arrayMap(one -> ('tag', toString(one)), tag_names), arrayMap(one -> ('feature', toString(one)), feature_names)) AS pair;
