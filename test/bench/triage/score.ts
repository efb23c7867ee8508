import type { Columns } from "./columns.ts";

const BY_CATEGORY: Record<string, number> = {
  Germany: 0.4,
  France: -0.3,
  Italy: 0.2,
  web: 0.3,
  app: -0.2,
  FRA: 0.2,
  phone: 0.2,
  basic: -0.2,
};

/** logOddsOf returns what the model makes of one row: the truth for the rows it was trained on; unknown values count for nothing. */
export function logOddsOf(columns: Columns, row: number): number {
  const at = (name: string, center: number, spread: number) => {
    const value = columns[name]?.[row];
    return typeof value === "number" ? Math.max(-3, Math.min(3, (value - center) / spread)) : 0;
  };
  const named = ["country", "channel", "origin", "device", "plan"].reduce(
    (sum, name) => sum + (BY_CATEGORY[String(columns[name]?.[row])] ?? 0),
    0,
  );
  return (
    -0.8 +
    named +
    0.6 * at("temperature", 10, 8) +
    0.3 * at("pressure", 1_013, 9) +
    0.3 * at("wind", 3.7, 2) -
    0.4 * at("amount", 27, 25) +
    0.5 * at("tenure", 7, 3.5) +
    0.4 * at("load", 50, 18) +
    0.2 * at("hour", 12, 7)
  );
}
