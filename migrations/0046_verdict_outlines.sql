-- What charts and lists draw of a verdict, without its evidence: a kilobyte instead of fifty. Rows from before show all they have.
ALTER TABLE evaluations ADD COLUMN IF NOT EXISTS outline String DEFAULT detail CODEC(ZSTD(3));
