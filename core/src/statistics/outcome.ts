/** NotComputable is the named answer of a statistic that has no value: too little data, or no meaning on such data. */
export type NotComputable = {
  readonly outcome: "insufficient_data" | "not_defined";
  readonly reason: string;
};

/** Outcome is either a statistic's value or the named reason why there is none; it is never NaN and never a throw. */
export type Outcome<Value extends object> = ({ readonly outcome: "ok" } & Readonly<Value>) | NotComputable;

/** insufficientData names a statistic that more rows would make computable. */
export function insufficientData(reason: string): NotComputable {
  return { outcome: "insufficient_data", reason };
}

/** notDefined names a statistic that has no meaning on these values, however many there are. */
export function notDefined(reason: string): NotComputable {
  return { outcome: "not_defined", reason };
}
