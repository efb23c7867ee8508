import type { Rhythm, Silence } from "../records/index.ts";
import { causeWords, severityWords } from "../words/index.ts";

const DAY_WORDS = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
} as const;

/** silenceWords returns what a silence keeps quiet, and in which hours, in a few words: `fraud, version 2: Serving slow or failing`. O(1). */
export function silenceWords(silence: Omit<Silence, "id" | "comment" | "created_by">): {
  what: string;
  hours: string | undefined;
} {
  const { model, version, environment, cause, severity, feature, owner } = silence;
  const where = [
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(environment === undefined ? [] : [`in ${environment}`]),
  ];
  const which = [
    ...(severity === undefined ? [] : [severityWords(severity)]),
    ...(cause === undefined ? [] : [causeWords(cause)]),
    ...(feature === undefined ? [] : [`only feature ${feature}`]),
    ...(owner === undefined ? [] : [`owned by ${owner}`]),
  ].join(", ");
  return {
    what:
      which === ""
        ? `Everything of ${[model ?? "all models", ...where].join(", ")}`
        : `${[model ?? "All models", ...where].join(", ")}: ${which}`,
    hours: silence.recurs === undefined ? undefined : rhythmWords(silence.recurs),
  };
}

function rhythmWords({ days, from, to, time_zone }: Rhythm): string {
  const which = days.length === 7 ? "every day" : days.map((day) => `${DAY_WORDS[day]}s`).join(", ");
  return `${which}, ${from} to ${to} (${time_zone})`;
}
