/** How long a request waits for what the database knows of its events, milliseconds: as long as for an insert. A connection may fall silent and stay open. */
export const LOOKUP_PATIENCE_MS = 10_000;
