-- Statistics of columns, which merges collect by default, help no query of ours.
ALTER TABLE predictions MODIFY SETTING materialize_statistics_on_merge = 0;
ALTER TABLE prediction_activity MODIFY SETTING materialize_statistics_on_merge = 0;
ALTER TABLE batches MODIFY SETTING materialize_statistics_on_merge = 0;
