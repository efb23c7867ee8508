/** The most features one prediction may have. */
export const FEATURE_LIMIT = 2_000;

/** The most characters a string feature may have. */
export const STRING_LIMIT = 8_192;
