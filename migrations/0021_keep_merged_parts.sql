-- A merged part is not forced to the disk, so what it was merged from has to outlive it until the operating system has written it: eight minutes, as a
-- server keeps by itself. The embedded engine's own default is to delete it at once, and deleting under load makes every new file dearer on ext4.
ALTER TABLE records MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE predictions MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE prediction_activity MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE labels MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE resolved_labels MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE orphan_labels MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE label_resolution MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE batches MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE telemetry MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE evaluations MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE rollup_hours MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE serving_minutes MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE label_activity MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE reference_rows MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE feature_profiles MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE profile_buckets MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE feature_types MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE refused_events MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE serving_segment_minutes MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE window_rollups MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE label_receipts MODIFY SETTING old_parts_lifetime = 480;
ALTER TABLE schema_migrations MODIFY SETTING old_parts_lifetime = 480;
