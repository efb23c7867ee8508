import type { Cause, Incident } from "../records/index.ts";
import { causeWords, countWords, versionWords } from "../words/index.ts";

/** Causes that are about features: the first of them says what is wrong. */
const ABOUT_FEATURES: ReadonlySet<Cause> = new Set(["pipeline", "input_drift"]);

/**
 * incidentTitle returns the one line an incident is known by: model, version, and what is wrong with which feature. O(features).
 *
 * @example incidentTitle(incident); // "flight-delays (v1): distance looks multiplied by 1.609 (miles to kilometres)"
 */
export function incidentTitle({
  model,
  version,
  cause,
  features,
}: Pick<Incident, "model" | "version" | "cause" | "features">): string {
  return `${model} (${versionWords(version)}): ${wrongWords(cause, features)}`;
}

function wrongWords(cause: Cause, features: Incident["features"]): string {
  const [first, ...others] = features;
  if (first === undefined || !ABOUT_FEATURES.has(cause)) return causeWords(cause);
  const more = others.length === 0 ? "" : `, and ${countWords(others.length, "more feature")}`;
  return first.claim === undefined
    ? `${causeWords(cause)}: ${first.name}${more}`
    : `${first.name} ${first.claim}${more}`;
}
