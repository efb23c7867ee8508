import { LeewayError } from "@leeway/core/errors";
import type { Silence } from "@leeway/core/records";
import { isLike, type SilenceInput, silenceOf } from "@leeway/core/silences";
import { didYouMean } from "@leeway/core/words";
import type { Store } from "../../create-store.ts";
import { listModelNames } from "../models/read-model.ts";

/**
 * createSilence stores a silence and returns it. It throws `invalid_request` where it would never be in force, or is of a model that does not exist: one that is
 * misspelt keeps nothing quiet, which is found out at night.
 */
export async function createSilence(
  store: Pick<Store, "records" | "activity">,
  project: string,
  wish: { input: SilenceInput; id: string; actor: string; now: number },
): Promise<Silence> {
  const made = silenceOf(wish.input, wish);
  if (made.outcome === "refused") throw refusal(made.path, made.message);
  await checkSilencedModel(store, project, wish.input.model);
  await store.records.silence.put(project, wish.id, made.silence, wish.actor);
  return made.silence;
}

/** checkSilencedModel throws `invalid_request` where no model of the project is what `pattern` names. */
export async function checkSilencedModel(
  store: Pick<Store, "records" | "activity">,
  project: string,
  pattern: string | undefined,
): Promise<void> {
  if (pattern === undefined) return;
  const known = await listModelNames(store, project);
  if (known.some((name) => isLike(pattern, name))) return;
  throw refusal("model", `there is no model ${pattern}${didYouMean(pattern, known)}`);
}

function refusal(path: string, message: string): LeewayError {
  return new LeewayError("invalid_request", `the body is not valid: ${path}: ${message}`, {
    problems: [{ path, message }],
  });
}
