/** ProblemKind names what can go wrong without the host being harmed. */
export type ProblemKind =
  /** invalid_options: the client can't work, or a setting was put right. */
  | "invalid_options"
  /** invalid_event: an event was not recorded because it can't be sent. */
  | "invalid_event"
  /** dropped: a buffer was full. */
  | "dropped"
  /** rejected: the server refused single events of a batch. */
  | "rejected"
  /** conflict: a batch id was used before with other content. */
  | "conflict"
  /** misconfigured: the key or the address is wrong. */
  | "misconfigured"
  /** refused: the server refused a whole batch. */
  | "refused"
  /** too_large: one event is larger than the server takes. */
  | "too_large"
  /** unreachable: the server does not answer, or asks to come back later; it is tried again. */
  | "unreachable"
  /** spool: the disk spool can't be used or lost a record. */
  | "spool"
  /** gpu: the GPU sampler can't read. */
  | "gpu"
  /** internal: a mistake in the SDK itself. */
  | "internal";

/** Problem is what `onError` hears. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly message: string;
  /** count of the events concerned. */
  readonly count: number;
}

const HANDLER_FAILED = "onError threw";

/** ProblemReporter passes problems on and never throws. */
export type ProblemReporter = (kind: ProblemKind, message: string, count?: number) => void;

/**
 * createProblemReporter returns a reporter: each problem goes to `onError`, of invalid events only the first of each
 * message (a mistake in the host's code repeats with every request); without `onError` each kind is printed once.
 */
export function createProblemReporter(
  onError: ((problem: Problem) => void) | undefined,
  warn: (line: string) => void,
): ProblemReporter {
  const told = new Set<string>();
  return (kind, message, count = 1) => {
    const isRepeated = kind === "invalid_event" || kind === "dropped" || onError === undefined;
    const key = kind === "invalid_event" ? `${kind} ${message}` : kind;
    if (isRepeated && told.has(key)) return;
    told.add(key);
    try {
      if (typeof onError === "function") onError({ kind, message, count });
      else warn(`leeway: ${kind.replaceAll("_", " ")}: ${message}`);
    } catch (error) {
      // The host's own handler failed; the host must not be harmed by that, but someone should know.
      if (!told.has(HANDLER_FAILED)) warn(`leeway: onError threw: ${String(error)}`);
      told.add(HANDLER_FAILED);
    }
  };
}
