-- What a failing window did, as far as that is known (loss, output, burn rate): its incident's severity is decided from it when the verdict is folded, which may
-- be long after it was judged. Empty where nothing is known, as of every verdict from before.
ALTER TABLE evaluations ADD COLUMN IF NOT EXISTS harm String CODEC(ZSTD(3));
