import { LeewayError } from "@leeway/core/errors";
import type { Evaluation } from "@leeway/core/evaluation";
import type { MonitorKind } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import { z } from "zod";
import { rangeQuery } from "../../http/base-schemas.ts";
import { createPageBudget } from "../../http/page.ts";
import { pickChain } from "./pick-chain.ts";
import { type AskedRange, loadReadRange, type ReadRange } from "./resolve-range.ts";
import { verdictWindow } from "./verdict-window.ts";

/** pagedQuery is the query of a read of verdicts: the newest windows first, older ones by `cursor`; `fields` names the members of a window's evidence that are wanted, by comma. */
export const pagedQuery = rangeQuery.extend({
  cursor: z
    .string()
    .regex(/^\d{1,16}$/, "expected the next_cursor of a page")
    .optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  fields: z.string().max(1_024).optional(),
});

/** VerdictPage is one page of windows, in order of time, and what they are of. */
export interface VerdictPage<Window> {
  range: ReadRange;
  /** Null where there are none in the whole range. */
  windowMs: number | null;
  windows: Window[];
  next_cursor: string | null;
}

// The first chunk is small because a drift window of many features may be a megabyte; each later one is twice as large.
const FIRST_CHUNK = 16;
const LARGEST_CHUNK = 512;

/**
 * loadVerdictPage returns the newest verdicts of one kind that a read asks for and that fit into a page; of all traffic unless a segment is given. Only the evidence of
 * that page is read, and none where `fields` wants none of it.
 */
export async function loadVerdictPage<Schema extends z.ZodObject>(
  store: Store,
  project: string,
  asked: {
    kind: MonitorKind;
    model: string;
    query: AskedRange & Omit<z.output<typeof pagedQuery>, "segment">;
    segment: string;
    windowSchema: Schema;
    /** Members that every window has, whatever `fields` says. */
    always: z.ZodObject;
  },
): Promise<VerdictPage<z.output<Schema>>> {
  const { kind, model, query, segment, windowSchema, always } = asked;
  const wanted = wantedFields(query.fields, windowSchema, always);
  const range = await loadReadRange(store, project, model, query);
  const filter = { ...range, kind, segment };
  const windowMs = query.window === undefined ? {} : { windowMs: query.window };
  const chain = pickChain(await store.evaluations.outlines(project, { ...filter, ...windowMs }));
  const [first] = chain;
  const length = first === undefined ? null : first.window_end - first.window_start;
  const left = chain.filter(
    ({ window_start }) => window_start < Number(query.cursor ?? Number.POSITIVE_INFINITY),
  );
  const budget = createPageBudget(query.limit);
  const windows: z.output<Schema>[] = [];
  let end = left.length;
  for (let size = FIRST_CHUNK; end > 0; size = Math.min(LARGEST_CHUNK, 2 * size)) {
    const chunk = left.slice(Math.max(0, end - size), end);
    const verdicts =
      wanted?.size === 0 ? chunk.map((one) => ({ ...one, detail: {}, state: {} })) : await load(chunk);
    for (const verdict of verdicts.reverse()) {
      const window = windowSchema.parse(reduced(verdictWindow(verdict), wanted, always));
      if (!budget.takes(window)) return pageOf();
      windows.unshift(window);
      end -= 1;
    }
  }
  return pageOf();

  function pageOf(): VerdictPage<z.output<Schema>> {
    return {
      range,
      windowMs: length,
      windows,
      next_cursor: end === 0 ? null : String(left[end]!.window_start),
    };
  }

  async function load(chunk: typeof left): Promise<Evaluation[]> {
    const span = { from: chunk[0]!.window_start, to: chunk.at(-1)!.window_start + 1 };
    const verdicts = await store.evaluations.list(project, { ...filter, ...span, windowMs: length! });
    return pickChain(verdicts);
  }
}

function reduced(
  window: Record<string, unknown>,
  wanted: ReadonlySet<string> | undefined,
  always: z.ZodObject,
): Record<string, unknown> {
  if (wanted === undefined) return window;
  return Object.fromEntries(
    Object.entries(window).filter(([name]) => name in always.shape || wanted.has(name)),
  );
}

/** wantedFields returns the names of the evidence that is wanted, undefined where all of it is. It throws `invalid_request` for a name that no window has. */
function wantedFields(
  fields: string | undefined,
  windowSchema: z.ZodObject,
  always: z.ZodObject,
): ReadonlySet<string> | undefined {
  if (fields === undefined) return undefined;
  const names = fields.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !(name in windowSchema.shape));
  if (unknown !== undefined) {
    const message = `${JSON.stringify(unknown)} is no member of a window; there are ${Object.keys(windowSchema.shape).join(", ")}`;
    throw new LeewayError("invalid_request", `fields: ${message}`, {
      problems: [{ path: "fields", message }],
    });
  }
  return new Set(names.filter((name) => !(name in always.shape)));
}
