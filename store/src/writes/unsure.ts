/** UNSURE_MS is how long a sender whose events were stored but never acknowledged may take to send them again. */
export const UNSURE_MS = 86_400_000;
