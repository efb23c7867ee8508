import { contentId } from "@leeway/core/incidents";
import { type ChangeEvent, type ChangeEventInput, changeEventInputSchema } from "@leeway/core/records";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const MOST_EVENTS = 500;

/** createEvents is `POST /v1/events`. */
export function createEvents({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/events",
    tag: "events",
    summary:
      "Say what changed: a deploy, settings, data, or a note; incidents that begin soon after list it. An event whose id is known is a duplicate and changes nothing",
    scope: "ingest",
    body: {
      schema: z.strictObject({ events: z.array(changeEventInputSchema).min(1).max(MOST_EVENTS) }),
      reads: "json",
    },
    answer: z.object({ accepted: z.number().int(), duplicate: z.number().int(), ids: z.array(z.string()) }),
    async handle({ body, principal }) {
      const at = now();
      const events = body.events.map((event) => toEvent(event, actorOf(principal), at));
      const accepted = await store.changeEvents.add(principal.project, events);
      return { accepted, duplicate: events.length - accepted, ids: events.map(({ id }) => id) };
    },
  });
}

function toEvent(input: ChangeEventInput, actor: string, now: number): ChangeEvent {
  const { id, timestamp = now, source = actor, attributes = {}, ...rest } = input;
  const { kind, title, model = "", version = "", environment = "", git_sha = "", url = "" } = rest;
  const parts = [timestamp, kind, title, model, version, environment, git_sha, url];
  return { ...rest, id: id ?? contentId("evt", parts), timestamp, source, attributes };
}
