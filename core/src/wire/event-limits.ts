/** The most features of one prediction. */
export const FEATURE_LIMIT = 2_000;

/** The most characters (UTF-16 units) of a feature that is text. */
export const FEATURE_TEXT_LIMIT = 8_192;

/** The most tags of one prediction, and attributes of one telemetry sample. */
export const TAG_LIMIT = 64;

/** The most classes that one prediction gives scores for. */
export const CLASS_LIMIT = 1_000;

/** The most embeddings of one prediction. */
export const EMBEDDING_LIMIT = 16;

/** The most numbers of one embedding. */
export const EMBEDDING_LENGTH_LIMIT = 4_096;

/** The most buckets of one histogram. */
export const BUCKET_LIMIT = 512;

/** How far ahead of the server's clock an event may be: a client whose clock is a day fast is kept, one that sends nonsense is not. */
export const FUTURE_LIMIT_MS = 48 * 3_600_000;
