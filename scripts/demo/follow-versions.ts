import type { Retraining } from "@leeway/core/records";
import type { FlightService } from "./flight-service-client.ts";
import { say, sayBlock } from "./say.ts";

/**
 * createVersionFollower returns what the demo's operator does about retrained versions: the service serves what Leeway's policy decided, and nothing is decided here. A
 * version that Leeway promoted answers the callers from then on, and one that it archived is served no more.
 */
export function createVersionFollower(
  service: Pick<FlightService, "promote" | "withdraw">,
): (retrainings: readonly Retraining[]) => Promise<void> {
  const served = new Set<string>();
  const followed = new Set<string>();
  return async (retrainings) => {
    for (const { new_version: candidate, version, status, verdict, acted } of retrainings) {
      if (candidate === undefined || status !== "succeeded" || followed.has(candidate)) continue;
      if (!served.has(candidate)) {
        served.add(candidate);
        say(`version ${candidate} is served beside version ${version}; Leeway compares them`);
      }
      if (acted === undefined || verdict === undefined) continue;
      followed.add(candidate);
      say(
        `Leeway's verdict on version ${candidate}: ${verdict.verdict}, on the same ${verdict.labels} labels`,
      );
      sayBlock([verdict.sentence]);
      if (acted.action === "promote") {
        await service.promote(candidate);
        say(`${acted.by} promoted version ${candidate}; it answers from now on`);
        continue;
      }
      await service.withdraw(candidate);
      say(`${acted.by} archived version ${candidate}; it is served no more`);
    }
  };
}
