-- Verdicts on windows of different lengths that begin together are different verdicts: the length joins the key. Rows of before have the length 0 there;
-- `window_end` still says their real one. `blamed` and `confidence` are what an incident needs of a failing verdict, so that it can be opened later.
-- `settled_at` is the moment up to which late rows and labels of the whole chain had been looked at when the verdict was stored.
ALTER TABLE evaluations
    ADD COLUMN IF NOT EXISTS window_ms UInt64,
    ADD COLUMN IF NOT EXISTS blamed String CODEC(ZSTD(3)),
    ADD COLUMN IF NOT EXISTS confidence Nullable(Float64),
    ADD COLUMN IF NOT EXISTS settled_at DateTime64(3, 'UTC'),
    MODIFY ORDER BY (project, model, kind, monitor_id, version, environment, segment, window_start, revision, window_ms);

-- What became of each verdict: the incident that it was folded into and the notifications which that queued, or the reason why it went no further.
CREATE TABLE IF NOT EXISTS folded_verdicts
(
    project           LowCardinality(String),
    model             LowCardinality(String),
    monitor_id        String,
    version           LowCardinality(String),
    environment       LowCardinality(String),
    segment           String,
    window_start      DateTime64(3, 'UTC'),
    window_end        DateTime64(3, 'UTC'),
    revision          UInt32,
    outcome           LowCardinality(String),
    judged_at         DateTime64(3, 'UTC'),
    folded_at         DateTime64(3, 'UTC'),
    incident_id       String,
    notification_ids  Array(String),
    stopped           LowCardinality(String)
)
ENGINE = ReplacingMergeTree(folded_at)
ORDER BY (project, model, monitor_id, version, environment, segment, window_start, window_end, revision)
SETTINGS non_replicated_deduplication_window = 10000, old_parts_lifetime = 480;
