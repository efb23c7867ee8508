import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPreviewer } from "../../analyzer/src/create-previewer.ts";
import { startPreviewWorker } from "../../analyzer/src/queues/start-preview-worker.ts";
import { createModelClocks } from "../../analyzer/src/reconcile/model-clocks.ts";
import { type IngestServices, startIngestServices } from "../integration/ingest/start-services.ts";
import { PROMISED, routeTable } from "./route-table.ts";
import { DAY_MS, START, seed } from "./seed.ts";

let services: IngestServices;
let previews: { close(): Promise<void> };
const routes = routeTable();

beforeAll(async () => {
  services = await startIngestServices();
  await seed(services);
  const { store } = services.database;
  const clocks = createModelClocks({ store, idleMs: 0, now: Date.now });
  previews = startPreviewWorker({
    redisUrl: services.env["REDIS_URL"]!,
    preview: createPreviewer({ store, clocks, now: Date.now }),
    onProblem: (where, error) => console.error(where, error),
  });
});

afterAll(async () => {
  await previews?.close();
  await services?.stop();
});

const pathOf = (path: string) => path.replaceAll(/:(\w+)/g, "{$1}");
const routeOf = (name: string) => {
  const route = routes.find(({ method, path }) => `${method} ${pathOf(path)}` === name);
  if (route === undefined) throw new Error(`${name} is not in the route table`);
  return route;
};

describe("the document", () => {
  it("is OpenAPI 3.1, needs no key and holds every promised call and no other", async () => {
    const document = (await (await fetch(`${services.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toBe("3.1.0");
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    for (const call of PROMISED) expect(calls).toContain(call);
    expect(calls.toSorted()).toEqual(
      routes.map(({ method, path }) => `${method} ${pathOf(path)}`).toSorted(),
    );
  });

  it("is shown as a page without scripts", async () => {
    const page = await (await fetch(`${services.url}/docs`)).text();
    expect(page).toContain("/v1/predictions");
    expect(page).not.toContain("<script");
  });
});

describe("keys and scopes", () => {
  it("guard every call: no key 401, a key without its scope 403 and with it let through, all as problem documents", async () => {
    const scopes = ["ingest", "report", "manage", "read"] as const;
    const keys = new Map<string, string>();
    for (const scope of scopes) {
      const made = await services.call("POST", "/v1/keys", { name: scope, scopes: [scope] });
      keys.set(scope, (made.body as { key: string }).key);
    }
    for (const { method, path, scope } of routes) {
      const url = services.url + path.replaceAll(/:\w+/g, "x");
      const bare = await fetch(url, { method });
      expect([path, bare.status]).toEqual([path, 401]);
      expect(bare.headers.get("content-type")).toMatch(/^application\/problem\+json/);
      for (const [other, key] of keys) {
        const answer = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } });
        const isRefused = answer.status === 403;
        expect([method, path, other, isRefused]).toEqual([method, path, other, other !== scope]);
        if (isRefused) expect(await answer.json()).toMatchObject({ code: "forbidden", status: 403 });
      }
    }
  });

  it("for sending events only send events", () => {
    const sending = routes.filter(({ scope }) => scope === "ingest").map(({ path }) => path);
    expect(sending.toSorted()).toEqual([
      "/v1/events",
      "/v1/labels",
      "/v1/metrics",
      "/v1/predictions",
      "/v1/telemetry",
    ]);
  });

  it("stop working once revoked", async () => {
    const made = (await services.call("POST", "/v1/keys", { name: "short", scopes: ["read"] })).body as {
      key: string;
      id: string;
    };
    const read = () =>
      fetch(`${services.url}/v1/models`, { headers: { authorization: `Bearer ${made.key}` } });
    expect((await read()).status).toBe(200);
    await services.call("DELETE", `/v1/keys/${made.id}`);
    expect((await read()).status).toBe(401);
    const listed = JSON.stringify((await services.call("GET", "/v1/keys")).body);
    expect(listed).toContain(made.id);
    expect(listed).not.toContain("secret_sha256");
  });
});

describe("sessions of the web app", () => {
  it("are listed while they are open, and not any more once revoked", async () => {
    const open = async () => {
      const { body } = await services.call("GET", "/v1/sessions");
      return (body as { sessions: { id: string; email: string }[] }).sessions.map(({ id, email }) => [
        id,
        email,
      ]);
    };
    expect(await open()).toEqual([["open", "ada@example.org"]]);
    const revoked = await services.call("DELETE", "/v1/sessions/open");
    expect(revoked).toMatchObject({ status: 200, body: { id: "open", open: false } });
    expect(JSON.stringify(revoked.body)).not.toContain("scrypt");
    expect(await open()).toEqual([]);
    expect((await services.call("DELETE", "/v1/sessions/none")).status).toBe(404);
  });
});

describe("performance of a segment", () => {
  it("is measured where no monitor judges it, and says so", async () => {
    const { status, body } = await services.call(
      "GET",
      `/v1/models/flights/performance?version=1&segment=region%3Deu&from=${START}&to=${START + 2 * DAY_MS}`,
    );
    expect(status).toBe(200);
    const { windows } = body as { windows: { outcome: string; monitor_id: null; reason: string }[] };
    expect(windows.length).toBeGreaterThan(0);
    expect(windows[0]).toMatchObject({ outcome: "not_defined", monitor_id: null });
    expect(windows[0]?.reason).toMatch(/^region=eu: measured on .* no monitor judges this segment$/);
  });
});

const range = `from=${START}&to=${START + 2 * DAY_MS}`;
const READS: [name: string, path: string][] = [
  ["GET /v1/models", "/v1/models"],
  ["GET /v1/models/{model}", "/v1/models/flights"],
  ["GET /v1/models/{model}/references", "/v1/models/flights/references"],
  ["GET /v1/models/{model}/features", "/v1/models/flights/features"],
  ["GET /v1/models/{model}/drift", `/v1/models/flights/drift?version=1&${range}&window=1d`],
  ["GET /v1/models/{model}/performance", `/v1/models/flights/performance?version=1&${range}`],
  ["GET /v1/models/{model}/latency", `/v1/models/flights/latency?version=1&${range}&window=1h`],
  ["GET /v1/models/{model}/slo", `/v1/models/flights/slo?version=1&${range}`],
  ["GET /v1/models/{model}/serving", `/v1/models/flights/serving?version=1&${range}`],
  ["GET /v1/models/{model}/comparison", `/v1/models/flights/comparison?a=1&b=2&${range}`],
  ["GET /v1/models/{model}/breakdown", `/v1/models/flights/breakdown?by=region&version=1&${range}`],
  ["GET /v1/monitors", "/v1/monitors"],
  ["GET /v1/incidents", "/v1/incidents?model=flights"],
  ["GET /v1/incidents/{id}", "/v1/incidents/incident_1"],
  ["GET /v1/events", "/v1/events"],
  ["GET /v1/retrainings", "/v1/retrainings"],
  ["GET /v1/channels", "/v1/channels"],
  ["GET /v1/channels/{id}/attempts", "/v1/channels/log/attempts"],
  ["GET /v1/deliveries", "/v1/deliveries?channel=log&status=failed"],
  ["GET /v1/silences", "/v1/silences"],
  ["GET /v1/declaration", "/v1/declaration"],
  ["GET /v1/declaration/schema", "/v1/declaration/schema"],
  ["GET /v1/keys", "/v1/keys"],
  ["GET /v1/sessions", "/v1/sessions"],
  ["GET /v1/audit", "/v1/audit"],
];

describe("every read", () => {
  it.each(READS)("%s answers in its documented shape and with nothing else", async (name, path) => {
    const answer = await services.call("GET", path);
    expect([answer.status, answer.body]).toMatchObject([200, {}]);
    const parsed = routeOf(name).answer.safeParse(answer.body);
    expect(parsed.error).toBeUndefined();
    expect(parsed.data).toEqual(answer.body);
  });

  it("answers with what is stored", async () => {
    const body = async (path: string) => (await services.call("GET", path)).body;
    expect(await body(`/v1/models/flights/drift?version=1&${range}`)).toMatchObject({
      reference_id: "ref_1",
      windows: [{ start: START, count: 100, outcome: "ok", monitor_id: "automatic-drift" }],
    });
    expect(await body(`/v1/models/flights/performance?version=1&${range}`)).toMatchObject({
      windows: [{ mature: true, metrics: { accuracy: { value: 0.9 } } }],
    });
    expect(await body("/v1/models/flights/features?version=1")).toMatchObject({
      dropped: [{ replica: "inference-0", kind: "predictions", events: 12 }],
    });
    expect(await body("/v1/models/flights/features?version=2")).toMatchObject({ dropped: [] });
    const latency = (await body(`/v1/models/flights/latency?version=1&${range}&window=1d`)) as {
      windows: { total: number; p50_ms: number }[];
    };
    expect(latency.windows.map(({ total }) => total)).toEqual([100]);
    expect(latency.windows[0]?.p50_ms).toBeGreaterThan(10);
    expect(await body(`/v1/models/flights/serving?version=1&${range}`)).toMatchObject({
      series: [{ metric: "gpu_utilization", replica: "gpu-0" }],
      cost: { outcome: "ok" },
    });
    expect(await body("/v1/models/flights")).toMatchObject({
      health: "incident",
      open_incidents: [{ id: "incident_1" }],
      versions: [{ version: "1", framework: "sklearn" }, { version: "2" }],
    });
  });
});

describe("changes", () => {
  it("to monitors are stored, listed, replaced and removed, and can be sent back as they were read", async () => {
    const input = { model: "flights", kind: "drift", window: "1d", thresholds: { psi: 0.3 } };
    const made = await services.call("POST", "/v1/monitors", input);
    expect(made).toMatchObject({
      status: 201,
      body: { window: DAY_MS, environment: "production", automatic: false },
    });
    expect(routeOf("POST /v1/monitors").answer.parse(made.body)).toEqual(made.body);
    const { id } = made.body as { id: string };
    const again = await services.call("PUT", `/v1/monitors/${id}`, {
      ...(made.body as object),
      enabled: false,
    });
    expect(again.body).toEqual({ ...(made.body as object), enabled: false });
    const listed = (await services.call("GET", "/v1/monitors?model=flights")).body as {
      monitors: { id: string; notifies: object }[];
    };
    expect(listed.monitors.find((one) => one.id === id)).toMatchObject({
      notifies: { state: "burning_in", alarms: 0 },
    });
    const promote = () => services.call("POST", `/v1/monitors/${id}/promote`);
    expect((await promote()).body).toMatchObject({ promoted: { by: "key:bootstrap" } });
    expect((await promote()).status).toBe(409);
    expect((await services.call("DELETE", `/v1/monitors/${id}`)).body).toEqual({ id, removed: true });
    expect((await services.call("GET", `/v1/monitors/${id}`)).status).toBe(404);
  });

  it("to incidents are folded into what is shown, and kept with who did them", async () => {
    const acknowledged = await services.call("POST", "/v1/incidents/incident_1/acknowledge", {});
    expect(acknowledged.body).toMatchObject({ state: "acknowledged", acknowledged_by: "key:bootstrap" });
    await services.call("POST", "/v1/incidents/incident_1/notes", { text: "the exporter was updated" });
    const resolved = await services.call("POST", "/v1/incidents/incident_1/resolve", { text: "rolled back" });
    expect(resolved.body).toMatchObject({ state: "resolved" });
    const { body } = await services.call("GET", "/v1/incidents/incident_1");
    const { actions } = body as { actions: { action: string; text?: string }[] };
    expect(actions.map(({ action }) => action)).toEqual(["acknowledge", "note", "resolve"]);
    expect(body).toMatchObject({ state: "resolved", resolution: "Resolved by key:bootstrap: rolled back" });
    const act = (verb: string, said: object) =>
      services.call("POST", `/v1/incidents/incident_1/${verb}`, said);
    expect((await act("snooze", { for: "1h" })).status).toBe(409);
    expect((await act("undo", {})).body).toMatchObject({ state: "acknowledged" });
    expect((await act("snooze", { for: "1h", until: Date.now() + 1_000 })).status).toBe(400);
    expect((await act("snooze", { for: "1h" })).body).toMatchObject({ snoozed_by: "key:bootstrap" });
    expect((await act("assign", { to: "bo@example.com" })).body).toMatchObject({
      assignee: "bo@example.com",
    });
    expect((await act("assign", { to: null })).body).not.toHaveProperty("assignee");
    await act("resolve", {});
    expect((await act("reopen", { text: "it is back" })).body).toMatchObject({ state: "firing" });
    expect((await act("mark", { useful: "maybe" })).status).toBe(400);
    await act("mark", { useful: "expected" });
    expect((await services.call("GET", "/v1/incidents/incident_1")).body).toMatchObject({
      ...{ useful: { mark: "expected", by: "key:bootstrap" }, offers: { silence: { model: "flights" } } },
    });
    expect((await services.call("GET", "/v1/models")).body).toMatchObject({
      useful_alarms: { marked: 1, expected: 1, share: 0 },
    });
  });

  it("to channels never show a secret that was given", async () => {
    const secret = "a-secret-that-nobody-may-see-again";
    const input = { kind: "webhook", name: "Pager", url: "https://example.com/hook", secret };
    const made = await services.call("POST", "/v1/channels", input);
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    const listed = await services.call("GET", "/v1/channels");
    const one = await services.call("GET", `/v1/channels/${id}`);
    const audited = await services.call("GET", "/v1/audit");
    expect(JSON.stringify([made.body, listed.body, one.body, audited.body])).not.toContain(secret);
    const { entries } = audited.body as { entries: unknown[] };
    expect(entries[0]).toMatchObject({ kind: "channel", id, action: "put", actor: "key:bootstrap" });
  });

  it("to a subscription say what it would have received, and to a channel keep it", async () => {
    const { call } = services;
    const subscribes = { models: ["fli*"], severities: ["page"] };
    const preview = await call("POST", "/v1/channels/preview", { subscribes });
    expect(preview).toMatchObject({ status: 200, body: { days: 30 } });
    await call("PUT", "/v1/channels/picky", {
      kind: "slack",
      name: "Picky",
      slack_channel: "#a",
      subscribes,
    });
    expect((await call("GET", "/v1/channels/picky")).body).toMatchObject({ subscribes });
    expect((await call("PUT", "/v1/channels/picky", { subscribes: null })).body).not.toHaveProperty(
      "subscribes",
    );
    await call("DELETE", "/v1/channels/picky");
  });

  it("to dead letters send them once more, with the same id, to a channel that is on", async () => {
    const { call } = services;
    const health = async () => (await call("GET", "/v1/channels/log")).body;
    expect(await health()).toMatchObject({
      health: {
        state: "failing",
        dead_letters: 2,
        queued: 0,
        failures_last_day: 1,
        circuit: { failures: 1 },
      },
    });
    const { attempts } = (await call("GET", "/v1/channels/log/attempts")).body as { attempts: object[] };
    expect(attempts).toMatchObject([
      { notification_id: "dead-1", answer: "no answer", request: "mail to ada" },
    ]);
    await call("PUT", "/v1/channels/log", { enabled: false });
    const refused = await call("POST", "/v1/channels/log/resend");
    expect(refused).toMatchObject({ status: 409, body: { code: "conflict" } });
    await call("PUT", "/v1/channels/log", { enabled: true });
    const one = await call("POST", "/v1/deliveries/dead-1/resend");
    expect(one.body).toMatchObject({
      id: "dead-1",
      status: "queued",
      attempts: 0,
      resent_by: "key:bootstrap",
    });
    expect((await call("POST", "/v1/deliveries/dead-1/resend")).status).toBe(409);
    expect((await call("POST", "/v1/channels/log/resend")).body).toEqual({ resent: ["dead-2"] });
    expect(await health()).toMatchObject({ health: { dead_letters: 0, queued: 2 } });
    await call("DELETE", "/v1/channels/log");
  });

  it("to retrainings go one way: what has ended stays ended", async () => {
    const report = (body: object) => services.call("POST", "/v1/retrainings/retraining_1", body);
    expect(await report({ status: "running" })).toMatchObject({ status: 200, body: { status: "running" } });
    const done = { status: "succeeded", new_version: "3", metrics: { log_loss: 0.4 } };
    expect(await report(done)).toMatchObject({ body: done });
    expect(await report(done)).toMatchObject({ status: 200 });
    expect(await report({ status: "failed" })).toMatchObject({ status: 409, body: { code: "conflict" } });
  });

  it("pin a production window as a reference and preview a monitor against it", async () => {
    const window = { from: START, to: START + DAY_MS };
    const made = await services.call("POST", "/v1/models/flights/references", { version: "1", window });
    expect(made).toMatchObject({ status: 201, body: { rows: 100 } });
    expect(routeOf("POST /v1/models/{model}/references").answer.parse(made.body)).toEqual(made.body);
    const wanted = {
      ...{ model: "flights", version: "2", kind: "drift", window: "1h" },
      ...{ from: START, to: START + 3 * DAY_MS },
    };
    const preview = await services.call("POST", "/v1/monitors/preview", wanted);
    expect(preview).toMatchObject({ status: 200, body: { alarms: expect.any(Array) } });
    expect((preview.body as { not_evaluated: unknown[] }).not_evaluated).toContainEqual({
      ...{ kind: "joint", outcome: "not_defined", windows: 3 },
      reason: "100 rows in the reference's sample, 200 are needed",
    });
    expect(routeOf("POST /v1/monitors/preview").answer.parse(preview.body)).toEqual(preview.body);
    // A second monitor of the version would divide the budget with it.
    const other = { ...wanted, from: undefined, to: undefined, window: "2h" };
    const beside = await services.call("POST", "/v1/monitors", other);
    const divided = await services.call("POST", "/v1/monitors/preview", wanted);
    const budget = ({ body }: { body: unknown }) => (body as { budget_per_month: number }).budget_per_month;
    expect(budget(divided)).toBeLessThan(budget(preview));
    await services.call("DELETE", `/v1/monitors/${(beside.body as { id: string }).id}`);
  });
});

describe("events", () => {
  const at = (minutes: number) => START - minutes * 60_000;
  const deploy = { kind: "deploy", title: "Deployed flights", model: "flights", version: "1" };
  const send = (...events: object[]) => services.call("POST", "/v1/events", { events });
  const idsOf = ({ body }: { body: unknown }) =>
    (body as { events: { id: string }[] }).events.map(({ id }) => id);

  it("are stored once by their id, paged newest first, and listed by incidents that begin soon after", async () => {
    const first = await send(
      { ...deploy, id: "near", timestamp: at(5) },
      { ...deploy, id: "far", timestamp: at(50) },
    );
    expect(first).toMatchObject({ status: 200, body: { accepted: 2, duplicate: 0, ids: ["near", "far"] } });
    expect(routeOf("POST /v1/events").answer.parse(first.body)).toEqual(first.body);
    const again = await send(
      { ...deploy, id: "near", timestamp: at(500), title: "Another" },
      { kind: "data", id: "everywhere", title: "The warehouse was moved", timestamp: at(20) },
      { ...deploy, id: "elsewhere", timestamp: at(1), environment: "shadow" },
    );
    expect(again.body).toMatchObject({ accepted: 2, duplicate: 1 });
    const range = `model=flights&from=${at(60)}&to=${START}`;
    const page = await services.call("GET", `/v1/events?${range}&limit=2`);
    expect(idsOf(page)).toEqual(["elsewhere", "near"]);
    const { next_cursor: cursor } = page.body as { next_cursor: string };
    const rest = await services.call("GET", `/v1/events?${range}&limit=2&cursor=${cursor}`);
    expect(idsOf(rest)).toEqual(["everywhere", "far"]);
    expect(rest.body).toMatchObject({ next_cursor: null });
    expect(idsOf(await services.call("GET", `/v1/events?${range}&kind=data`))).toEqual(["everywhere"]);
    const { body } = await services.call("GET", "/v1/incidents/incident_1");
    expect((body as { changes: object[] }).changes).toMatchObject([
      { id: "near", title: "Deployed flights", timestamp: at(5), source: "key:bootstrap" },
      ...[{ id: "everywhere" }, { id: "far" }],
    ]);
  });
});

describe("a replay of a stored verdict", () => {
  it("decides it again from what is stored, by the start of its window", async () => {
    const id = "automatic-drift";
    await services.database.store.records.monitor.put(
      "default",
      id,
      {
        ...{ id, model: "flights", kind: "drift", environment: "production", window: DAY_MS },
        ...{ minimum_count: 30, enabled: true, automatic: true, created_at: START },
      },
      "test",
    );
    const replay = await services.call("POST", `/v1/monitors/${id}/replay`, { start: START, version: "1" });
    expect(replay).toMatchObject({ status: 200, body: { stored: { outcome: "ok" }, start: START } });
    expect(routeOf("POST /v1/monitors/{id}/replay").answer.parse(replay.body)).toEqual(replay.body);
    const none = await services.call("POST", `/v1/monitors/${id}/replay`, { start: START - DAY_MS });
    expect(none).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("a PUT", () => {
  it("leaves what it does not name as it was: models, versions, monitors and channels", async () => {
    const { call } = services;
    const model = await call("PUT", "/v1/models/kept", {
      task: "binary",
      positive_class: "fraud",
      window: "1h",
    });
    const described = await call("PUT", "/v1/models/kept", { description: "Cards" });
    expect(described.body).toEqual({ ...(model.body as object), description: "Cards" });
    const cleared = await call("PUT", "/v1/models/kept", { positive_class: null });
    expect(cleared.body).not.toHaveProperty("positive_class");
    const version = "/v1/models/kept/versions/1";
    await call("PUT", version, { gpu_hour_cost: 2.5, stage: "staging" });
    expect((await call("PUT", version, { stage: "production" })).body).toMatchObject({
      gpu_hour_cost: 2.5,
      stage: "production",
    });
    const monitor = { model: "kept", kind: "drift", window: "1d", minimum_count: 77, enabled: false };
    await call("PUT", "/v1/monitors/kept", monitor);
    const changed = (await call("PUT", "/v1/monitors/kept", { window: "2d" })).body;
    expect(changed).toMatchObject({ minimum_count: 77, enabled: false, window: 2 * DAY_MS });
    const secret = "a-secret-that-nobody-may-see-again";
    const channel = { kind: "webhook", name: "Kept", url: "https://example.com/a", secret, enabled: false };
    await call("PUT", "/v1/channels/kept", channel);
    const renamed = (await call("PUT", "/v1/channels/kept", { name: "Renamed" })).body;
    expect(renamed).toMatchObject({ name: "Renamed", url: "https://example.com/a", enabled: false });
    expect(await services.database.store.records.channel.get("default", "kept")).toMatchObject({ secret });
    const other = await call("PUT", "/v1/channels/kept", { kind: "email", to: ["a@example.com"] });
    expect(other.body).toMatchObject({ kind: "email", name: "Renamed", to: ["a@example.com"] });
    await call("DELETE", "/v1/channels/kept");
    await call("DELETE", "/v1/monitors/kept");
  });
});

const JOINT = { model: "flights", kind: "drift", window: "1d" };

describe("a model exists", () => {
  const ROWS = "p,y\n0.1,0\n0.9,1\n";
  it.each<[string, string, string, string]>([
    ["a version was described", "PUT", "versions/7", '{"stage":"shadow"}'],
    ["a reference was uploaded", "POST", `references?version=7&mapping=${'{"score":"p","label":"y"}'}`, ROWS],
  ])("once %s, before any prediction", async (_what, method, path, body) => {
    const model = `before-${path.slice(0, 8)}`;
    const { authorization } = { authorization: "Bearer lw_a-bootstrap-key-for-tests" };
    const type = method === "PUT" ? "application/json" : "text/csv";
    const headers = { authorization, "content-type": type };
    const sent = await fetch(`${services.url}/v1/models/${model}/${path}`, { method, headers, body });
    expect([sent.ok, await sent.text()]).toEqual([true, expect.any(String)]);
    const { status, body: found } = await services.call("GET", `/v1/models/${model}`);
    expect([status, found]).toMatchObject([200, { model, health: "no_traffic" }]);
    const listed = (await services.call("GET", "/v1/models")).body as { models: { model: string }[] };
    expect(listed.models.map((one) => one.model)).toContain(model);
    expect((await services.call("GET", `/v1/models/${model}/references`)).status).toBe(200);
    expect((await services.call("GET", `/v1/models/${model}/features`)).status).toBe(200);
  });
});

describe("bad input", () => {
  it.each<[string, string, unknown, string]>([
    ["PUT", "/v1/models/m", { task: "ternary" }, "task"],
    ["PUT", "/v1/models/m", { task: "binary", label_delay: "1 fortnight" }, "label_delay"],
    ["PUT", "/v1/models/m/versions/1", { registry_url: "no url" }, "registry_url"],
    ["POST", "/v1/monitors", { model: "m", kind: "drift" }, "window"],
    ["POST", "/v1/monitors", { model: "m", kind: "weather", window: "1d" }, "kind"],
    ["POST", "/v1/channels", { kind: "webhook", name: "x", url: "ftp://x" }, "url"],
    ["POST", "/v1/channels", { kind: "email", name: "x", to: ["nobody"] }, "to.0"],
    ["POST", "/v1/channels/preview", { subscribes: { models: [] } }, "subscribes.models"],
    ["POST", "/v1/silences", { comment: "x", ends_at: "tomorrow" }, "ends_at"],
    ["POST", "/v1/silences", { comment: "x", starts_at: START + 1, ends_at: START }, "ends_at"],
    ["POST", "/v1/events", { events: [{ kind: "rain", title: "x" }] }, "events.0.kind"],
    ["POST", "/v1/events", { events: [{ kind: "note", title: "x", version: "1" }] }, "events.0.version"],
    ["POST", "/v1/events", { events: [{ kind: "note", title: "x", url: "javascript:1" }] }, "events.0.url"],
    ["GET", "/v1/events?cursor=x", undefined, "cursor"],
    ["POST", "/v1/keys", { name: "x", scopes: [] }, "scopes"],
    ["POST", "/v1/silences", { comment: "x", ends_at: START, modle: "flights" }, "modle"],
    ["POST", "/v1/silences", { comment: "x", ends_at: "2099-01-01T00:00:00Z", model: "flihgts" }, "model"],
    ["POST", "/v1/silences", { comment: "x", ends_at: "2026-02-30T00:00:00Z" }, "ends_at"],
    ["POST", "/v1/silences", { comment: "\u001b[31m", ends_at: START }, "comment"],
    ["POST", "/v1/monitors", { model: "m", kind: "drift", window: "1d", channels: ["nobody"] }, "channels.0"],
    [
      "POST",
      "/v1/monitors",
      { model: "m", kind: "volume", window: "1d", segment: { region: "\ud800" } },
      "segment.region",
    ],
    ["POST", "/v1/channels", { kind: "slack", name: "x", slack_channel: "#a\r\nb" }, "slack_channel"],
    ["POST", "/v1/incidents/incident_1/notes", { text: "half \udc00" }, "text"],
    ["POST", "/v1/evaluate", { model: "m", from: START, to: START }, "to"],
    ["POST", "/v1/incidents/incident_1/notes", {}, "text"],
    ["POST", "/v1/incidents/incident_1/notes", { text: " \n " }, "text"],
    ["POST", "/v1/retrainings/retraining_1", { status: "paused" }, "status"],
    ["POST", "/v1/monitors/preview", { model: "flights", kind: "weather", window: "1d" }, "kind"],
    ["POST", "/v1/monitors/preview", { ...JOINT, thresholds: { joint_auc: 0.4 } }, "thresholds.joint_auc"],
    ["POST", "/v1/monitors", { ...JOINT, thresholds: { joint_auc: 0.4 } }, "thresholds.joint_auc"],
    ["POST", "/v1/predictions", {}, "predictions"],
    ["POST", "/v1/predictions", { batch_id: "", predictions: [] }, "batch_id"],
    ["POST", "/v1/labels", { labels: {} }, "labels"],
    ["GET", "/v1/models/flights/drift?from=soon", undefined, "from"],
    ["GET", "/v1/models/flights/drift?window=1y", undefined, "window"],
    ["GET", "/v1/models/flights/latency?window=90s", undefined, "window"],
    ["GET", "/v1/models/flights/comparison?a=1", undefined, "b"],
    ["GET", "/v1/models/flights/performance?segment=eu", undefined, "segment"],
    ["GET", "/v1/models/flights/breakdown", undefined, "by"],
    ["GET", "/v1/incidents?limit=0", undefined, "limit"],
    ["GET", "/v1/models?state=blind", undefined, "state"],
    ["GET", "/v1/models/flights/performance?by=region", undefined, "by"],
    ["GET", "/v1/models/flights/drift?versoin=1", undefined, "versoin"],
    ["POST", "/v1/models/flights/references?vesion=1", undefined, "vesion"],
    ["POST", "/v1/models/flights/references", { version: "1", window: { from: 5, to: 5 } }, "window.to"],
  ])("%s %s names the field", async (method, path, body, field) => {
    const answer = await services.call(method, path, body);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    const { errors } = answer.body as { errors: { path: string }[] };
    expect(errors.map((error) => error.path)).toContain(field);
  });

  it.each(["GET /v1/models/{model}/drift", "GET /v1/incidents", "GET /v1/monitors"])(
    "%s names the parameter that a misspelt one is nearest to",
    async (name) => {
      const asked = `${name.slice(4).replace("{model}", "flights")}?Modle=x&Versions=1&limmit=3`;
      const { status, body } = await services.call("GET", asked);
      expect(status).toBe(400);
      const known = Object.keys(routeOf(name).query?.shape ?? {});
      const nearest: Record<string, string> = { Modle: "model", Versions: "version", limmit: "limit" };
      expect((body as { errors: object[] }).errors).toEqual(
        Object.entries(nearest).map(([path, meant]) => ({
          path,
          message: `unknown parameter${known.includes(meant) ? `; did you mean ${meant}?` : ""}`,
        })),
      );
    },
  );

  it.each([
    ["GET", "/v1/models/nobody"],
    ["GET", "/v1/models/nobody/drift"],
    ["GET", "/v1/models/nobody/references"],
    ["GET", "/v1/models/nobody/features"],
    ["GET", "/v1/models/nobody/breakdown?by=region"],
    ["GET", "/v1/models/nobody/comparison?a=1&b=2"],
    ["GET", "/v1/models/nobody/versions/1/reference"],
    ["POST", "/v1/models/nobody/references", { version: "1", window: { from: START, to: START + DAY_MS } }],
    ["POST", "/v1/models/flights/references", { version: "99", window: { from: START, to: START + DAY_MS } }],
    ["PUT", "/v1/models/flights/versions/99/reference", { automatic: {} }],
    ["GET", "/v1/monitors/none"],
    ["DELETE", "/v1/monitors/none"],
    ["GET", "/v1/channels/none"],
    ["GET", "/v1/channels/none/attempts"],
    ["POST", "/v1/channels/none/resend"],
    ["POST", "/v1/channels/none/test"],
    ["POST", "/v1/deliveries/none/resend"],
    ["GET", "/v1/incidents/none"],
    ["DELETE", "/v1/silences/none"],
    ["GET", "/v1/nothing-of-the-kind"],
  ] as [string, string, object?][])("%s %s is not found", async (method, path, body) => {
    const answer = await services.call(method, path, body);
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it.each([
    ["GET", "/v1/predictions", "POST"],
    ["PATCH", "/v1/models/flights", "GET, HEAD, PUT"],
    ["POST", "/v1/incidents/one?show=all", "GET, HEAD"],
    ["DELETE", "/healthz", "GET, HEAD"],
  ])("%s %s is answered with the methods that the path takes", async (method, path, allow) => {
    const answer = await services.call(method, path);
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe(allow);
  });

  it("in form of other media types or broken JSON is refused by name", async () => {
    const send = (contentType: string, body: string) =>
      fetch(`${services.url}/v1/monitors`, {
        method: "POST",
        headers: { authorization: "Bearer lw_a-bootstrap-key-for-tests", "content-type": contentType },
        body,
      });
    expect((await send("application/x-www-form-urlencoded", "a=1")).status).toBe(415);
    const broken = await send("application/json", '{"model":');
    expect([broken.status, await broken.json()]).toMatchObject([400, { code: "invalid_request" }]);
  });
});
