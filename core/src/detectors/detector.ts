/** DriftSignal is what a stream detector says after one value. */
export type DriftSignal = "none" | "warning" | "drift";

/**
 * StepOutcome is the answer to one value. `direction` tells a rise from a fall where the detector knows; a value that is not a finite
 * number (or not 0 or 1, for detectors of error bits) is refused and changes nothing.
 */
export type StepOutcome =
  | { outcome: "ok"; signal: DriftSignal; direction?: "up" | "down" }
  | { outcome: "refused"; reason: string };

/** DetectorStep is the state after a value, ready for JSON, and the answer to it. */
export interface DetectorStep<State> {
  state: State;
  outcome: StepOutcome;
}

/**
 * Detector is a resumable stream detector: `create` makes a fresh state from parameters, `step` is pure. The state is plain JSON and holds its own
 * parameters, so that a stream can stop anywhere, be stored, and go on with the same result. After a drift it begins anew.
 */
export interface Detector<Parameters, State> {
  readonly name: string;
  /** What the values are: `bits` are 0 (right) and 1 (error); `numbers` any finite numbers. */
  readonly input: "bits" | "numbers";
  create(parameters?: Partial<Parameters>): State;
  step(state: State, x: number): DetectorStep<State>;
}

/** refuseNumber returns the refusal of a value that is not a finite number, or undefined where it is one. */
export function refuseNumber(x: number): StepOutcome | undefined {
  return Number.isFinite(x) ? undefined : { outcome: "refused", reason: `${x} is not a finite number` };
}

/** refuseBit returns the refusal of a value that is neither 0 nor 1, or undefined where it is. */
export function refuseBit(x: number): StepOutcome | undefined {
  return x === 0 || x === 1
    ? undefined
    : { outcome: "refused", reason: `${x} is neither 0 (right) nor 1 (error)` };
}
