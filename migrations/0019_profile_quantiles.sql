-- Quantiles (every 5 %) of the numbers that a bucket holds, of all its rows or of some thousand drawn ones: a window's deciles are put together from
-- them, also where values left the grid. Empty for what was profiled before.
ALTER TABLE feature_profiles ADD COLUMN IF NOT EXISTS quantiles Array(Float64) DEFAULT [] AFTER grid_counts;
