-- Of how many features a drift verdict judged how many, and how many drifted: asked of every newest verdict whenever a page or a read says how a
-- model does, and not worth reading the evidence for. Rows from before have the same, read from their evidence.
ALTER TABLE evaluations ADD COLUMN IF NOT EXISTS watched_features UInt32
    DEFAULT if(kind = 'drift', length(JSONExtractKeysAndValuesRaw(detail, 'features')), 0);
ALTER TABLE evaluations ADD COLUMN IF NOT EXISTS judged_features UInt32
    DEFAULT if(kind = 'drift', arrayCount(one -> JSONExtractString(one.2, 'outcome') IN ('ok', 'drifted'), JSONExtractKeysAndValuesRaw(detail, 'features')), 0);
ALTER TABLE evaluations ADD COLUMN IF NOT EXISTS drifted_features UInt32
    DEFAULT if(kind = 'drift', arrayCount(one -> JSONExtractBool(one.2, 'drifted'), JSONExtractKeysAndValuesRaw(detail, 'features')), 0);
