import { LeewayError } from "@leeway/core/errors";

/** CallFault is what happens to one call of the store: the process is killed before or after it took effect, or the store refuses it. */
export type CallFault = "killed_before" | "killed_after" | "refused";

/** KilledError is what a killed process meets at each further call; nothing it would do then takes effect. */
export class KilledError extends Error {}

/** FaultPlan says what happens to the n-th call from now on. */
export type FaultPlan = (call: number) => CallFault | undefined;

/** withFaults returns the store whose calls meet the faults of a plan; a process that was killed makes no further call. */
export function withFaults<Part extends object>(part: Part, plan: FaultPlan): Part {
  const counter = { calls: 0, isKilled: false };
  const wrap = <Inner extends object>(inner: Inner): Inner =>
    new Proxy(inner, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value === "function") {
          return (...parameters: unknown[]) => call(() => Reflect.apply(value, target, parameters));
        }
        return value !== null && typeof value === "object" ? wrap(value) : value;
      },
    });
  async function call(make: () => unknown): Promise<unknown> {
    if (counter.isKilled) throw new KilledError();
    counter.calls++;
    const fault = plan(counter.calls);
    switch (fault) {
      case undefined:
        return make();
      case "refused":
        throw new LeewayError("store_overloaded", `memory limit exceeded at call ${counter.calls}`);
      case "killed_before":
        counter.isKilled = true;
        throw new KilledError();
      case "killed_after":
        await make();
        counter.isKilled = true;
        throw new KilledError();
      default:
        return fault satisfies never;
    }
  }
  return wrap(part);
}
