/** SilenceFields are the fields of the form that makes a silence, as a browser gives them; what is not filled in is empty or absent. */
export interface SilenceFields {
  model: string;
  cause: string;
  severity: string;
  feature: string;
  owner: string;
  hours: string;
  comment: string;
  days?: string[];
  from?: string;
  to?: string;
  time_zone?: string;
}

const HOUR_MS = 3_600_000;

/** silenceWish returns the body of a request for a silence. */
export function silenceWish(fields: SilenceFields, now: number): Record<string, unknown> {
  const { hours, comment, days, from, to, time_zone, ...matchers } = fields;
  const filled = Object.entries(matchers)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== "");
  return {
    ...Object.fromEntries(filled),
    ends_at: now + Number(hours) * HOUR_MS,
    comment: comment.trim(),
    ...(from === undefined ? {} : { recurs: { days, from, to, time_zone } }),
  };
}
