import { performanceWindowSchema } from "@leeway/core/evaluation";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { at, normal, uniform } from "./seeded-sql.ts";

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const DAYS = 30;
const ROWS = 400;
const RECEIVED = Date.UTC(2026, 5, 1);
let database: TestDatabase;
// Each test has a project of its own.
let project: string;
let tests = 0;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => RECEIVED });
});
afterAll(() => database.close());
beforeEach(() => {
  project = `project-${++tests}`;
});

const DAY_OF_ROW = `intDiv(number, ${ROWS})`;
const TIME = `${FROM} + toInt64(number * ${DAY / ROWS})`;
/** insert stores a month of predictions of which those of the first `labelledDays` have labels, six hours later. */
async function insert(options: {
  columns: Record<string, string>;
  label: Record<string, string>;
  labelledDays: number;
}): Promise<void> {
  const common = `'${project}' AS project, 'm' AS model, ${at(String(RECEIVED - 1_000))} AS received_at, number AS payload_hash`;
  const named = (columns: Record<string, string>) =>
    Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  const target = (columns: Record<string, string>, rest: string) =>
    `(project, model, received_at, payload_hash, ${rest}, ${Object.keys(columns).join(", ")})`;
  const { columns, label, labelledDays } = options;
  await database.store.client.command({
    query: `INSERT INTO predictions ${target(columns, "version, environment, id, timestamp")}
      SELECT ${common}, '1' AS version, 'production' AS environment, toString(number) AS id, ${at(TIME)} AS timestamp, ${named(columns).join(", ")}
      FROM numbers(${DAYS * ROWS})`,
  });
  await database.store.client.command({
    query: `INSERT INTO labels ${target(label, "prediction_id, timestamp")}
      SELECT ${common}, toString(number) AS prediction_id, ${at(`${TIME} + ${DAY / 4}`)} AS timestamp, ${named(label).join(", ")}
      FROM numbers(${labelledDays * ROWS})`,
  });
}

async function judge(task: "regression" | "multiclass") {
  const { store } = database;
  await store.records.model.put(
    project,
    "m",
    { model: "m", task, window: DAY, configured: true, created_at: FROM },
    "test",
  );
  const evaluator = createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 60_000, now: () => RECEIVED }),
    memory: new Map(),
    backoff: createFailureBackoff(() => RECEIVED),
    now: () => RECEIVED,
  });
  await evaluator({ project, model: "m" });
  const found = await store.evaluations.list(project, {
    model: "m",
    kind: "performance",
    from: 0,
    to: RECEIVED,
  });
  return found.map(({ detail }) => performanceWindowSchema.parse(detail));
}

type Windows = Awaited<ReturnType<typeof judge>>;

function estimatesOf(windows: Windows, metric: string) {
  return windows.map((window) => ({
    estimated: window.estimated?.[metric],
    realised: window.metrics[metric]?.value,
  }));
}

/** recordOf returns how many of the windows with both a realised value and an estimate held the one in the other's band. */
function recordOf(windows: Windows, metric: string): { windows: number; within: number } {
  const both = estimatesOf(windows, metric).flatMap(({ estimated, realised }) => {
    if (realised == null || estimated?.ci_low == null || estimated.ci_high === null) return [];
    return [realised >= estimated.ci_low && realised <= estimated.ci_high];
  });
  return { windows: both.length, within: both.filter(Boolean).length };
}

describe("before labels come", () => {
  // The far site is three times as uncertain; from day 20 on most requests come from there.
  const size = uniform(1);
  const isFar = `(${uniform(2)} < if(${DAY_OF_ROW} >= 20, 0.8, 0.3))`;
  const error = `if(${isFar}, 3, 1) * (0.5 + ${size}) * ${normal(3)}`;
  const regressor = {
    predicted_value: `10 * ${size} + ${error}`,
    numbers: `map('size', ${size})`,
    strings: `map('site', if(${isFar}, 'far', 'near'))`,
  };

  it("a regressor's error is estimated from its inputs, also where they drift, and the estimate is scored", async () => {
    await insert({ columns: regressor, label: { value: `10 * ${size}` }, labelledDays: 24 });
    const windows = await judge("regression");
    const record = recordOf(windows, "mae");
    expect(record.windows).toBeGreaterThanOrEqual(12);
    expect(record.within / record.windows).toBeGreaterThanOrEqual(0.8);
    const estimates = estimatesOf(windows, "mae");
    expect(estimates[19]?.estimated?.value).toBeLessThan(1.6);
    // No label has come for the last day: the estimate alone says that errors have doubled.
    expect(estimates.at(-1)?.realised ?? null).toBeNull();
    expect(estimates.at(-1)?.estimated?.value).toBeGreaterThan(1.7);
    expect(estimates.at(-1)?.estimated?.reason).toMatch(/^has been within its band in \d+ % of \d+ windows$/);
    expect(Object.keys(windows.at(-1)?.estimated ?? {}).sort()).toEqual(["mae", "mse", "rmse"]);
  });

  it("no number is shown once the realised error leaves the band: the concept has drifted", async () => {
    const drifted = `10 * ${size} + if(${DAY_OF_ROW} >= 16, 4, 0)`;
    await insert({ columns: regressor, label: { value: drifted }, labelledDays: 24 });
    const windows = await judge("regression");
    const last = estimatesOf(windows, "mae").at(-1)?.estimated;
    expect(last?.value).toBeNull();
    expect(last?.reason).toMatch(/^no estimate: (concept drift is open since|it has been within its band)/);
    expect(last?.withheld?.value).toBeGreaterThan(0);
  });

  it("a multiclass model's accuracy and log loss are estimated from its scores", async () => {
    // How sure the model is: as sure as it is right.
    const sure = `(0.4 + 0.5 * ${uniform(5)})`;
    const named = (k: string) => `concat('class ', toString(${k} % 3))`;
    const guess = `cityHash64(number, 6)`;
    const truth = `if(${uniform(7)} < ${sure}, ${named(guess)}, ${named(`(${guess} % 3 + 1 + (cityHash64(number, 8) % 2))`)})`;
    await insert({
      columns: {
        predicted_label: named(guess),
        scores: `map(${named(guess)}, ${sure}, ${named(`(${guess} % 3 + 1)`)}, (1 - ${sure}) / 2, ${named(`(${guess} % 3 + 2)`)}, (1 - ${sure}) / 2)`,
        numbers: `map('x', ${uniform(9)})`,
      },
      label: { label: truth },
      labelledDays: 26,
    });
    const windows = await judge("multiclass");
    for (const metric of ["accuracy", "log_loss", "macro_f1", "brier"]) {
      const record = recordOf(windows, metric);
      expect(record.windows, metric).toBeGreaterThanOrEqual(15);
      expect(record.within / record.windows, metric).toBeGreaterThanOrEqual(0.85);
    }
    const last = windows.at(-1)?.estimated;
    expect(last?.["accuracy"]?.value).toBeCloseTo(0.65, 1);
    expect(windows.at(-1)?.metrics["accuracy"]?.value ?? null).toBeNull();
  });
});
