import { LeewayError } from "@leeway/core/errors";
import { type ChangeEvent, changeEventSchema, changeKindSchema } from "@leeway/core/records";
import { nameSchema } from "@leeway/core/wire";
import { listChanges } from "@leeway/store";
import { z } from "zod";
import { queryTime } from "../../http/base-schemas.ts";
import { createPageBudget, nextCursor } from "../../http/page.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const LATEST = Date.UTC(2200, 0, 1);

/** listEvents is `GET /v1/events`. */
export function listEvents({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/events",
    tag: "events",
    summary: "What changed, newest first, page by page; of a model also what concerns every model",
    scope: "read",
    query: z.object({
      model: nameSchema.optional(),
      kind: changeKindSchema.optional(),
      from: queryTime.optional(),
      to: queryTime.optional(),
      cursor: z.string().max(512).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    answer: z.object({ events: z.array(changeEventSchema), next_cursor: nextCursor }),
    async handle({ query, principal }) {
      const { model, kind, from = 0, to = LATEST, cursor, limit } = query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      // One more than asked for says whether there is another page.
      const found = await listChanges(store, principal.project, {
        ...{ model, kind, from, to, after, limit: limit + 1 },
      });
      const budget = createPageBudget(limit);
      const end = found.findIndex((event) => !budget.takes(event));
      const events = end === -1 ? found : found.slice(0, end);
      return { events, next_cursor: end === -1 ? null : cursorOf(events.at(-1)!) };
    },
  });
}

function cursorOf({ timestamp, id }: ChangeEvent): string {
  return `${timestamp}.${id}`;
}

function readCursor(cursor: string): { timestamp: number; id: string } {
  const [, timestamp, id] = /^(\d{1,15})\.(.+)$/s.exec(cursor) ?? [];
  if (timestamp !== undefined && id !== undefined) return { timestamp: Number(timestamp), id };
  const message = "is not one that a page of events ended with";
  throw new LeewayError("invalid_request", `cursor: ${message}`, { problems: [{ path: "cursor", message }] });
}
