/**
 * SETTLING_MS is how long a row may take from the moment it is stamped to the moment it can be read, because its insert is under way: what was counted
 * within it is counted once more.
 */
export const SETTLING_MS = 60_000;
