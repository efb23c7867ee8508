import "server-only";
import type { RefusalCount } from "@leeway/store";
import { reasonOf } from "../view/data-quality.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

const LOOK_BACK_MS = 86_400_000;

/** FirstSteps is what a person sees who waits for a first prediction: whether they may make a key, and what was refused of what came. */
export interface FirstSteps {
  mayMakeKeys: boolean;
  refused: (Pick<RefusalCount, "events" | "lastAt" | "example"> & {
    model: string;
    kind: string;
    reason: string;
  })[];
}

/** loadFirstSteps returns what was refused in the last day, newest first, wrong keys among it. */
export async function loadFirstSteps({ project, role }: Principal): Promise<FirstSteps> {
  const { store, now } = server();
  const refused = await store.evidence.newestRefusals(project, now() - LOOK_BACK_MS);
  return {
    mayMakeKeys: role === "admin",
    refused: refused.map(({ code, ...one }) => ({ ...one, reason: reasonOf(code) })),
  };
}
