/** EFFECT_FLOORS are the smallest changes that matter to anybody, however certain they are. */
export const EFFECT_FLOORS = { distance: 0.05, location: 0.2, spread: 0.25, missing: 0.02 } as const;

/** MINIMUM_ABSENT_ROWS is how many rows a rate of missing values is made of at least: fewer are an anecdote, whatever the p-value. */
export const MINIMUM_ABSENT_ROWS = 5;
