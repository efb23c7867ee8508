/** Stream is what is replayed, and what is known of it. */
export interface Stream {
  name: string;
  task: "binary" | "regression";
  windowMs: number;
  features: readonly string[];
  /** Uploaded as the reference, with labels. */
  reference: readonly Record<string, string>[];
  /** Replayed; the columns of both: id, timestamp, the features, score, predicted_label, label, label_delay_s. */
  production: readonly Record<string, string>[];
  /** Metrics and drift statistics that other programs computed, by window start. */
  expected: readonly ExpectedWindow[];
  /** Features that drift from a moment on. */
  drifting: readonly { feature: string; since: number }[];
  /** Features that do not drift, in `[from, to)`. */
  steady: readonly { feature: string; from: number; to: number }[];
  /** When the concept drifts, where it does. */
  conceptSince: number | undefined;
}

/** ExpectedWindow is one window as scikit-learn and SciPy saw it. */
export interface ExpectedWindow {
  start: number;
  metrics: Readonly<Record<string, number>>;
  drift: Readonly<Record<string, { psi: number; ks?: number }>>;
}
