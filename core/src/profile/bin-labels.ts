/** MISSING_LABEL and WRONG_TYPE_LABEL name the bins of absent and mistyped values. */
export const MISSING_LABEL = "(missing)";
export const WRONG_TYPE_LABEL = "(wrong type)";
/** OTHER_KNOWN_LABEL names the bin of the reference's categories that have none of their own, and UNSEEN_LABEL that of values it never had. */
export const OTHER_KNOWN_LABEL = "(other known)";
export const UNSEEN_LABEL = "(unseen)";
/** OTHER_LABEL names both together, where they cannot or need not be distinguished. */
export const OTHER_LABEL = "(other)";
