import type { Store } from "@leeway/store";

/** SCOPE is the one version that has traffic. */
export const SCOPE = { model: "m", version: "1", environment: "production" } as const;

/** NUMERIC are the names of the numeric features. */
export const NUMERIC = Array.from({ length: 20 }, (_, i) => `n${String(i).padStart(2, "0")}`);

/** Shift says how far a feature of that number has moved, in standard deviations of a normal one. */
export type Shift = (feature: number) => number;

const STEP = 500_000;
const shapes = (i: number, shift: number) => {
  const z = `(randNormal(0, 1, ${i}) + ${shift})`;
  switch (i % 4) {
    case 0:
      return `${i * 1_000} + ${i + 1} * ${z}`;
    case 1:
      return `exp(${z})`;
    case 2:
      return `round(50 + 15 * ${z})`;
    default:
      return `if(${z} < 0, 0., ${z})`;
  }
};

/** storeTraffic stores `rows` predictions of 20 numeric, 4 categorical and one boolean feature and a score, spread evenly over `[from, from + spanMs)`. */
export async function storeTraffic(
  store: Store,
  traffic: { name: string; from: number; spanMs: number; rows: number; shift: Shift },
): Promise<void> {
  const { name, from, spanMs, rows, shift } = traffic;
  const numbers = NUMERIC.map((feature, i) => `'${feature}', ${shapes(i, shift(i))}`).join(", ");
  const strings = [4, 10, 50, 500]
    .map((k, i) => `'s${i}', concat('c', toString(rand(${i + 100}) % ${k}))`)
    .join(", ");
  for (let at = 0; at < rows; at += STEP) {
    const time = `fromUnixTimestamp64Milli(toInt64(${from} + intDiv(number * ${spanMs}, ${rows})), 'UTC')`;
    await store.client.command({
      query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, numbers, strings, booleans, score)
        SELECT 'default', '${SCOPE.model}', '${SCOPE.version}', '${SCOPE.environment}', concat('${name}', lower(hex(sipHash64(number)))), ${time}, ${time}, number,
          map(${numbers}), map(${strings}), map('b0', rand(200) % 3 = 0), rand(201) / 4294967296.
        FROM numbers(${at}, ${Math.min(STEP, rows - at)})`,
    });
  }
}
