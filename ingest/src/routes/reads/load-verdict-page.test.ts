import { driftWindowSchema, type Evaluation } from "@leeway/core/evaluation";
import type { Store } from "@leeway/store";
import { describe, expect, it } from "vitest";
import { PAGE_BYTES } from "../../http/page.ts";
import { loadVerdictPage, pagedQuery } from "./load-verdict-page.ts";
import { verdictSchema } from "./verdict-window.ts";

const HOUR = 3_600_000;
const HOURS = 90 * 24;
const FROM = Date.UTC(2026, 0, 1);
const windowSchema = driftWindowSchema.partial().extend(verdictSchema.shape);

const verdict = (start: number): Evaluation => ({
  ...{
    model: "m",
    version: "1",
    environment: "production",
    monitor_id: "m/drift",
    kind: "drift",
    segment: "",
  },
  ...{ window_start: start, window_end: start + HOUR, revision: 1, outcome: "ok", reason: "as usual" },
  ...{ state: {}, evaluated_at: 0 },
  detail: { count: 7, reference_id: "r".repeat(50_000) },
});

function createStore() {
  const verdicts = Array.from({ length: HOURS }, (_, hour) => verdict(FROM + hour * HOUR));
  const reads = { evidence: 0 };
  const matching = ({ from, to }: { from: number; to: number }) =>
    verdicts.filter(({ window_start }) => window_start >= from && window_start < to);
  const activity = {
    versions: async () => [{ ...verdicts[0], firstTimestamp: FROM, lastTimestamp: FROM + HOURS * HOUR - 1 }],
  };
  const evaluations = {
    outlines: async (_: string, filter: { from: number; to: number }) =>
      matching(filter).map(({ detail: _detail, state: _state, ...rest }) => rest),
    list: async (_: string, filter: { from: number; to: number }) => {
      const found = matching(filter);
      reads.evidence += found.length;
      return found;
    },
  };
  return { store: { activity, evaluations } as unknown as Store, reads };
}

const read = (store: Store, query: object) =>
  loadVerdictPage(store, "default", {
    ...{ kind: "drift", model: "m", segment: "", windowSchema, always: verdictSchema },
    query: pagedQuery.omit({ segment: true }).parse({ version: "1", from: String(FROM), ...query }),
  });

describe("ninety days of hourly drift, fifty kilobytes a window", () => {
  it("come page by page, the newest first, each window once and in order of time", async () => {
    const { store } = createStore();
    const starts: number[] = [];
    let cursor: string | null = null;
    do {
      const page = await read(store, cursor === null ? {} : { cursor });
      expect(Buffer.byteLength(JSON.stringify(page.windows))).toBeLessThanOrEqual(PAGE_BYTES + 2);
      starts.unshift(...page.windows.map(({ start }) => start as number));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(starts).toEqual(Array.from({ length: HOURS }, (_, hour) => FROM + hour * HOUR));
  });

  it("cost the evidence of one page, and none where only verdicts are asked for", async () => {
    const { store, reads } = createStore();
    const page = await read(store, {});
    expect(page.windows).toHaveLength(39);
    expect(reads.evidence).toBeLessThan(3 * page.windows.length);
    reads.evidence = 0;
    const verdicts = await read(store, { fields: "outcome,reason" });
    expect(verdicts.windows).toHaveLength(1_000);
    expect(reads.evidence).toBe(0);
  });

  it("hold only the members that are asked for beside the verdict", async () => {
    const { store } = createStore();
    const { windows } = await read(store, { fields: "count", limit: "1" });
    expect(windows).toEqual([
      {
        ...{
          start: FROM + (HOURS - 1) * HOUR,
          end: FROM + HOURS * HOUR,
          outcome: "ok",
          reason: "as usual",
          revision: 1,
        },
        ...{ monitor_id: "m/drift", count: 7 },
      },
    ]);
    await expect(read(store, { fields: "counts" })).rejects.toThrow(/"counts" is no member of a window/);
  });
});
