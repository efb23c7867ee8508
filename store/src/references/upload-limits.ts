/** The most columns a table may have; what is no feature counts, too. */
export const MOST_COLUMNS = 4_000;

/** The most bytes that the names of all columns may have together: they travel in the address of a statement. */
export const MOST_NAME_BYTES = 100_000;
