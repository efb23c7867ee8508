/** MISSING_LABEL and WRONG_TYPE_LABEL name the bins of absent and mistyped values; OTHER_LABEL the pooled rest of the categories. */
export const MISSING_LABEL = "(missing)";

export const OTHER_LABEL = "(other)";

export const WRONG_TYPE_LABEL = "(wrong type)";
