import type { Reference } from "@leeway/core/records";

/**
 * chooseReference returns what a version is held against, as the schedule does: the newest reference given for it, else the newest given for
 * another version of the model, else its own first automatic one; undefined where there is none yet.
 */
export function chooseReference(references: readonly Reference[], version: string): Reference | undefined {
  const newestFirst = [...references].sort((a, b) => b.created_at - a.created_at);
  const given = newestFirst.filter(({ source }) => source !== "automatic");
  const automatic = newestFirst.filter((one) => one.version === version && one.source === "automatic");
  return given.find((one) => one.version === version) ?? given[0] ?? automatic.at(-1);
}
