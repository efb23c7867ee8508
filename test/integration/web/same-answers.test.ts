import { randomBytes } from "node:crypto";
import { findLeewayError } from "@leeway/core/errors";

import type { Incident } from "@leeway/core/records";
import { actOnIncident, type Store } from "@leeway/store";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createModelStore } from "../../../analyzer/src/evaluate/model-store/create-model-store.ts";
import { ensureRecords } from "../../../analyzer/src/evaluate/setup/ensure-records.ts";
import { findReference } from "../../../analyzer/src/evaluate/setup/ensure-reference.ts";
import { allRoutes } from "../../../ingest/src/routes/all-routes.ts";
import type { RouteDeps } from "../../../ingest/src/routes/route-deps.ts";
import { findModelPage } from "../../../web/src/server/find-model-page.ts";
import { loadDataQuality } from "../../../web/src/server/load-data-quality.ts";
import { loadIncidentPage } from "../../../web/src/server/load-incident-page.ts";
import { loadModelPage } from "../../../web/src/server/load-model-page.ts";
import { loadOverview } from "../../../web/src/server/overview.ts";
import { patience } from "../../machine/patience.ts";
import { STATES, type StateName, seedState } from "./states.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 4, 20, 12, 30);

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => NOW });
  store = database.store;
  Object.assign(globalThis, {
    [Symbol.for("leeway.web.server")]: {
      ...{ store, now: () => NOW, random: randomBytes, config: { ingestUrl: "http://localhost" } },
    },
  });
}, patience(120_000));

afterAll(() => database.close());

const personOf = (project: string) => ({
  ...{ project, userId: "ada", email: "ada@example.org", role: "admin" as const },
});

/** ask calls a route of the API as its server would after parsing, and returns its answer or the code of its refusal. */
async function ask<Answer>(
  project: string,
  call: string,
  params: Record<string, string>,
  rest: { query?: object; body?: object } = {},
): Promise<Answer | { refused: string; message: string }> {
  const deps = { store, now: () => NOW, randomBytes } as unknown as RouteDeps;
  const route = allRoutes(deps).find(({ method, path }) => `${method} ${path}` === call);
  if (route === undefined) throw new Error(`there is no ${call}`);
  const principal = { project, keyId: "k", name: "test", scopes: ["read", "ingest", "admin"] };
  const input = {
    params: route.params?.parse(params) ?? params,
    query: route.query?.parse(rest.query ?? {}) ?? {},
    body: route.body?.schema.parse(rest.body ?? {}),
    principal,
  };
  try {
    return route.answer.parse(await route.handle(input as never)) as Answer;
  } catch (error) {
    const known = findLeewayError(error);
    if (known === undefined) throw error;
    return { refused: known.code, message: known.message };
  }
}

interface ModelAnswer {
  health: string;
  health_reason: string;
  environments: { environment: string; state: string; sentence: string; since: number | null }[];
}

describe.each(Object.keys(STATES) as StateName[])("a model of which %s", (name) => {
  const project = `p-${name.replaceAll(/\W+/g, "-")}`;
  const model = { model: "m" };

  beforeAll(() => seedState(store, project, name, NOW), patience(60_000));

  test("has one health, in API, overview and model page", async () => {
    const api = (await ask<ModelAnswer>(project, "GET /v1/models/:model", model)) as ModelAnswer;
    const row = (await loadOverview(personOf(project))).rows.find((one) => one.model === "m");
    expect(api.health).toBe(STATES[name].health);
    const wordOf = (badge: string | undefined) =>
      badge === "firing" || badge === "acknowledged" ? "incident" : badge;
    expect([wordOf(row?.state.badge), row?.state.sentence]).toEqual([api.health, api.health_reason]);
    for (const { environment, ...health } of api.environments) {
      const asked = api.environments.length > 1 ? { environment } : {};
      const found = await findModelPage(personOf(project), "m", asked);
      if (found.outcome === "missing") throw new Error(found.message);
      const page = await loadModelPage(personOf(project), found, asked);
      const { state } = page;
      expect([wordOf(state.badge), state.sentence, state.since ?? null]).toEqual([
        ...[health.state, health.sentence, health.since],
      ]);
    }
  });

  test("has one shown version, in API and page, and no other under an address that names none", async () => {
    const found = await findModelPage(personOf(project), "m", {});
    const page = found.outcome === "found" ? found.version : undefined;
    const api = await ask<{ version: string; environment: string }>(
      ...[project, "GET /v1/models/:model/drift", model],
    );
    if ("refused" in api) expect([page, api.refused]).toEqual([undefined, "not_found"]);
    else expect([page?.version, page?.environment]).toEqual([api.version, api.environment]);
    const unknown = await findModelPage(personOf(project), "m", { version: "99" });
    expect(unknown).toMatchObject({ outcome: "missing", message: expect.stringContaining("99") });
    for (const read of ["drift", "performance", "latency", "slo", "serving", "features"]) {
      const query = { version: "99" };
      expect(await ask(project, `GET /v1/models/:model/${read}`, model, { query })).toMatchObject({
        refused: "not_found",
      });
    }
  });

  test("is compared with one reference, in analyzer, API and page", async () => {
    const modelStore = createModelStore(store, project);
    const traffic = await modelStore.traffic("m");
    const deps = { records: store.records, modelStore, project, now: NOW };
    const known = await ensureRecords(deps, "m", traffic, NOW);
    for (const activity of traffic) {
      const { version, environment } = activity;
      const held = await findReference(modelStore, activity, known, activity.lastSeenAt + 1);
      const analyzer = held.outcome === "held" && !held.isNew ? held.reference.id : null;
      const api = await ask<{ reference: { id: string } | null }>(
        project,
        "GET /v1/models/:model/versions/:version/reference",
        { ...model, version },
        { query: { environment } },
      );
      const asked = { version, environment };
      const found = await findModelPage(personOf(project), "m", asked);
      if (found.outcome === "missing") throw new Error(found.message);
      const page = await loadModelPage(personOf(project), found, asked);
      expect([version, (api as { reference: { id: string } | null }).reference?.id ?? null]).toEqual([
        ...[version, analyzer],
      ]);
      expect([version, page.references?.current?.id ?? null]).toEqual([version, analyzer]);
    }
  });

  test("has the same findings about its data, in API and page", async () => {
    const api = await ask<{ strays: { predictions: number }[]; refused: object[]; unknown: object[] }>(
      ...[project, "GET /v1/models/:model/features", model],
    );
    if ("refused" in api && typeof api.refused === "string") throw new Error(api.refused);
    const { strays, refused, unknown } = api as Exclude<typeof api, { message: string }>;
    const page = await loadDataQuality(personOf(project), "m");
    expect(page).toHaveLength(strays.length + refused.length + unknown.length);
    expect(strays.length).toBe(name === "one prediction lies seven years back" ? 1 : 0);
  });

  test("allows the same actions on its incidents, in API and page", async () => {
    for (const { id } of await store.records.incident.list(project)) {
      for (const action of ["acknowledge", "resolve"] as const) {
        const page = await loadIncidentPage(personOf(project), id);
        const before = (await store.records.incidentAction.list(project)).length;
        const api = await ask<Incident>(project, `POST /v1/incidents/:id/${action}`, { id });
        const isAllowed = page?.allowed.includes(action);
        expect([id, action, "refused" in api ? api.refused : "done"]).toEqual([
          ...[id, action, isAllowed ? "done" : "conflict"],
        ]);
        const after = (await store.records.incidentAction.list(project)).length;
        expect(after - before).toBe(isAllowed ? 1 : 0);
      }
    }
  });
});

test("an action on an incident that does not exist is refused by name", async () => {
  const act = { id: "a", incidentId: "nope", action: "resolve", actor: "ann", now: NOW } as const;
  await expect(actOnIncident(store, "empty", act)).rejects.toMatchObject({ code: "not_found" });
});

test("an action takes effect though the clock of the incident was ahead", async () => {
  await seedState(store, "ahead", "a check fires", NOW);
  const [incident] = await store.records.incident.list("ahead");
  const ahead = { ...incident!, fired_at: NOW + HOUR };
  await store.records.incident.put("ahead", ahead.id, ahead, "leeway");
  const act = { id: "a", incidentId: ahead.id, action: "resolve", actor: "ann", now: NOW } as const;
  expect(await actOnIncident(store, "ahead", act)).toMatchObject({ state: "resolved" });
});
