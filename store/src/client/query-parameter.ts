/** Values a query parameter may take; times are epoch milliseconds bound as Int64. */
export type QueryParameter = string | number | boolean | null | readonly (string | number)[];
