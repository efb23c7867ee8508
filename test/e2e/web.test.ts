import { hashApiKey } from "@leeway/store";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EXTREME_MODEL, writeExtremeModel } from "../fixtures/extreme-model.ts";
import { AWKWARD_NAME } from "../fixtures/web/quiet-models.ts";
import { patience } from "../machine/patience.ts";
import { ADMIN } from "./launch-web.ts";
import { haveSession, openBrowser, signIn, visit } from "./open-browser.ts";
import { auditPage } from "./page-audit.ts";
import { type StartedWeb, startWeb } from "./start-web.ts";

let web: StartedWeb;
let browser: Browser;

beforeAll(async () => {
  [web, browser] = await Promise.all([startWeb(), openBrowser()]);
}, patience(300_000));

afterAll(async () => {
  await browser.close();
  await web.stop();
});

test("a page without a session leads to sign-in, tells nothing of itself, and comes back after it", async () => {
  const bare = await fetch(`${web.url}/models/flight-delays`, { redirect: "manual" });
  expect(await bare.text()).not.toContain("Will this flight be");
  const { context, page, complaints } = await visit(browser);
  await page.goto(`${web.url}/models/flight-delays?from=latest-7d`);
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/models/flight-delays?from=latest-7d");
  expect(complaints).toEqual([]);
  await context.close();
});

test("a wrong password and an unknown address get the same answer, said aloud", async () => {
  const { context, page } = await visit(browser);
  for (const email of [ADMIN.email, "nobody@example.org"]) {
    await page.goto(`${web.url}/sign-in`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.locator("#sign-in-problem");
    await alert.filter({ hasText: "is not right" }).waitFor();
    expect(await alert.textContent()).toBe("The e-mail address or the password is not right.");
  }
  await context.close();
});

test("the overview shows the worst model first, and no data is never healthy", async () => {
  const { context, page, complaints } = await visit(browser);
  await haveSession(page, web);
  await page.goto(web.url);
  const names = await page.getByRole("article").getByRole("heading").allTextContents();
  expect(names).toHaveLength(5);
  expect(names[0]).toBe("flight-delays");
  expect(names.at(-1)).toBe("checkout-fraud");
  const healthy = page.getByRole("article").filter({ hasText: "checkout-fraud" });
  expect(await healthy.textContent()).toContain("Healthy");
  const shadow = healthy.getByRole("link", { name: "In shadow: Drifting, no alarm" });
  expect(await shadow.getAttribute("href")).toBe("/models/checkout-fraud?environment=shadow");
  const silent = page.getByRole("article").filter({ hasText: AWKWARD_NAME });
  expect(await silent.textContent()).toContain("No traffic");
  expect(await page.getByText("5 models: 1 needs attention").count()).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test("a cell of the heat map opens by keyboard, shows both distributions, and stays in the address", async () => {
  const { context, page, complaints } = await visit(browser);
  await haveSession(page, web);
  await page.goto(`${web.url}/models/flight-delays`);
  const map = page.getByRole("group", { name: /Heat map/ });
  await map.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  await page.getByRole("status").filter({ hasText: "distance" }).waitFor();
  await page.keyboard.press("Enter");
  const cell = page.getByRole("region", { name: /^distance/ });
  await cell.waitFor();
  expect(await cell.textContent()).toMatch(/Drifted\..*PSI/);
  expect(await cell.getByRole("row").count()).toBeGreaterThan(9);
  expect(new URL(page.url()).searchParams.get("feature")).toBe("distance");
  await page.reload();
  await page.getByRole("region", { name: /^distance/ }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("the model page draws its lanes, compares the versions, and admits that there is no GPU", async () => {
  const { context, page, complaints } = await visit(browser);
  await haveSession(page, web);
  await page.goto(`${web.url}/models/flight-delays`);
  for (const title of ["Predictions", "Drift by feature", "Log loss", "Latency"]) {
    await page.getByRole("figure", { name: title }).scrollIntoViewIfNeeded();
    if (title !== "Drift by feature") {
      await page.getByRole("figure", { name: title }).locator("svg.recharts-surface").first().waitFor();
    }
  }
  const versions = page.getByRole("region", { name: "Versions", exact: true });
  await versions.getByText("Version 2 is better than version 1").waitFor();
  expect(await page.getByRole("region", { name: "GPU", exact: true }).textContent()).toContain(
    "No GPU was found by the sampler on inference-0",
  );
  await page.getByRole("link", { name: "Brier score" }).click();
  await page.getByRole("figure", { name: "Brier score" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("predictions are broken down by a tag that one picks, and the choice stays in the address", async () => {
  const { context, page, complaints } = await visit(browser);
  await haveSession(page, web);
  await page.goto(`${web.url}/models/flight-delays?from=latest-28d`);
  const panel = page.getByRole("region", { name: "By tag", exact: true });
  await panel.getByText("Pick a tag or a feature").waitFor();
  await panel.getByLabel("Tag or feature").selectOption("region");
  await panel.getByRole("button", { name: "Show" }).click();
  const table = panel.getByRole("table", { name: "Predictions by region" });
  await table.waitFor();
  const values = await table.getByRole("row").locator("td:first-child").allTextContents();
  expect(values).toEqual(["us", "eu", "apac", "Without one"]);
  const headers = await table.getByRole("columnheader").allTextContents();
  expect(headers).toContain("Log loss");
  expect(headers).toContain("Positive rate");
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("by"), searchParams.get("from")]).toEqual(["region", "latest-28d"]);
  await page.goto(`${web.url}/models/checkout-fraud?by=region`);
  await page
    .getByRole("region", { name: "By tag", exact: true })
    .getByText(/^Pick|^No prediction/)
    .waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("an incident is taken on, written about and resolved, and each is in the record", async () => {
  const { context, page, complaints } = await visit(browser);
  await haveSession(page, web);
  await page.goto(`${web.url}/incidents/${web.seeded.firingIncident}`);
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await page.getByText("Acknowledged: Input pipeline broke").waitFor();
  await page.getByLabel("Add a note").fill("Feed v7 was rolled back. <img src=x onerror=alert(1)>");
  await page.getByRole("button", { name: "Save the note" }).click();
  const activity = page.getByRole("region", { name: "Activity" }).getByRole("listitem");
  await activity.filter({ hasText: "Feed v7 was rolled back. <img src=x onerror=alert(1)>" }).waitFor();
  await page.getByLabel("Add a note").fill("All is well again.");
  await page.getByRole("button", { name: "Resolve…" }).click();
  await page.getByRole("button", { name: "Resolve it" }).click();
  await page.getByText("Resolved: Input pipeline broke").waitFor();
  await page.getByText(`Resolved by ${ADMIN.email}: All is well again.`).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Acknowledged: Input pipeline broke").waitFor();
  await page.getByRole("button", { name: "Snooze" }).click();
  await page.getByText(`Snoozed by ${ADMIN.email}`).first().waitFor();
  const actions = await web.database.store.records.incidentAction.list("default");
  const mine = actions.filter(
    ({ actor, incident_id }) => actor === ADMIN.email && incident_id === web.seeded.firingIncident,
  );
  expect(mine.sort((a, b) => a.at - b.at).map(({ action }) => action)).toEqual([
    "note",
    "acknowledge",
    "note",
    "resolve",
    "undo",
    "snooze",
  ]);
  expect(complaints).toEqual([]);
  await context.close();
});

test("a mutation from elsewhere changes nothing", async () => {
  const { context, page } = await visit(browser);
  await signIn(page, web);
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith("leeway_session"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  const send = async (
    headers: Record<string, string>,
    body = JSON.stringify({ action: "note", text: "forged" }),
  ) => {
    const answer = await fetch(`${web.url}/api/incidents/${web.seeded.resolvedIncident}/actions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return answer.status;
  };
  const session = { cookie: `${cookie!.name}=${cookie!.value}` };
  expect(await send({ ...session, "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await send({ ...session, origin: "https://evil.example", "x-forwarded-host": "evil.example" })).toBe(
    403,
  );
  expect(await send(session)).toBe(403);
  const own = { ...session, "sec-fetch-site": "same-origin" };
  expect(await send({ ...own, "content-type": "text/plain" })).toBe(415);
  expect(await send(own, "{")).toBe(400);
  for (const text of ["bell \u0007", "half \ud800", " "])
    expect(await send(own, JSON.stringify({ action: "note", text }))).toBe(400);
  expect(await send({ "sec-fetch-site": "same-origin" })).toBe(401);
  const actions = await web.database.store.records.incidentAction.list("default");
  expect(actions.filter(({ text }) => text === "forged")).toEqual([]);
  await context.close();
});

test.each([
  ["/models/flight-delays?version=99&from=banana", "Version 99 has never sent a prediction"],
  ["/models/flight-delays?from=banana", "From=banana is no time"],
  ["/models/flight-delays?from=2026-05-03&to=2026-05-01", "The range ends before it begins"],
  ["/models/flight-delays?environment=shadow", "No version has traffic in shadow"],
  ["/models/flight-delays?compare=99", "Version 99, which it is to be compared with"],
  ["/models/nope", "There is no model nope"],
  ["/incidents/nope", "There is no incident nope in this project"],
])("%s is a page that says what does not exist, and shows nothing else", async (path, words) => {
  const { context, page } = await visit(browser, { width: 390 });
  await haveSession(page, web);
  const answer = await page.goto(web.url + path);
  expect(answer?.status()).toBe(404);
  await page.getByText(words).waitFor();
  expect(await page.getByRole("figure").count()).toBe(0);
  expect(await page.getByRole("main").count()).toBe(1);
  expect(await auditPage(page)).toEqual([]);
  await context.close();
});

test("a metric that the range does not have is named, instead of another one shown under its address", async () => {
  const { context, page } = await visit(browser);
  await haveSession(page, web);
  await page.goto(`${web.url}/models/flight-delays?metric=nope`);
  await page.getByText("The metric “nope” has no value in this range").waitFor();
  await context.close();
});

test("signing in leads back to the whole address, its query included", async () => {
  const { context, page } = await visit(browser);
  await page.goto(`${web.url}/incidents?show=resolved`);
  expect(new URL(page.url()).searchParams.get("return")).toBe("/incidents?show=resolved");
  await page.goto(`${web.url}/incidents/${web.seeded.resolvedIncident}?utm=slack`);
  expect(new URL(page.url()).searchParams.get("return")).toContain("?utm=slack");
  await context.close();
});

test("a reference is replaced only after the page has said what will be judged again", async () => {
  const { context, page, complaints } = await visit(browser);
  await haveSession(page, web);
  await page.goto(`${web.url}/models/checkout-fraud`);
  const panel = page.getByRole("region", { name: "Reference", exact: true });
  await panel.getByText("Use another reference").click();
  await panel.getByText("a new automatic reference").click();
  await panel.getByRole("button", { name: "What would change?" }).click();
  await panel.getByText(/\d+ windows of version v14 are judged again/).waitFor();
  expect(await web.database.store.records.referenceChoice.list("default")).toEqual([]);
  await panel.getByRole("button", { name: "Replace the reference" }).click();
  await panel.getByText("The reference was replaced").waitFor();
  expect(await web.database.store.records.referenceChoice.list("default")).toMatchObject([
    { use: "automatic", model: "checkout-fraud", version: "v14", by: ADMIN.email },
  ]);
  expect(complaints).toEqual([]);
  await context.close();
});

test("a monitor is changed and made by its form: a wrong field is named beside it, and the file says the same", async () => {
  const { context, page } = await visit(browser);
  await signIn(page, web);
  await page.goto(`${web.url}/monitors/new?model=checkout-fraud`);
  await page.getByLabel("PSI above").fill("much");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByLabel("PSI above").and(page.locator("[aria-invalid=true]")).waitFor();
  await page.getByText("expected a number", { exact: false }).first().waitFor();
  expect(await auditPage(page)).toEqual([]);
  await page.getByLabel("PSI above").fill("0.31");
  await page.getByText("thresholds: { psi: 0.31 }").waitFor();
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("button", { name: "Remove" }).waitFor();
  const made = (await web.database.store.records.monitor.list("default")).filter(
    ({ thresholds }) => thresholds?.psi === 0.31,
  );
  expect(made).toMatchObject([{ model: "checkout-fraud", kind: "drift", automatic: false, enabled: true }]);
  await page.getByRole("button", { name: "How often would it have fired?" }).click();
  await page.getByText("REDIS_URL is not set for the web app").waitFor();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Really remove it?" }).click();
  await page.waitForURL("**/monitors");
  expect(await web.database.store.records.monitor.get("default", made[0]!.id)).toBeUndefined();
  await context.close();
});

test("a key is shown once when it is made, is stored as a hash only, and can be revoked", async () => {
  const { context, page, complaints } = await visit(browser);
  await signIn(page, web);
  await page.goto(`${web.url}/settings`);
  await page.getByText("New key").click();
  await page.getByLabel("Name of the key").fill("of a service");
  await page.getByRole("button", { name: "Make a key" }).click();
  const key = await page.getByText(/^lw_ing_\w{36}$/).textContent();
  const stored = (await web.database.store.records.apiKey.list("default")).filter(
    ({ name }) => name === "of a service",
  );
  expect(stored).toMatchObject([{ secret_sha256: hashApiKey(key ?? ""), scopes: ["ingest"] }]);
  await page.getByRole("button", { name: "Revoke: of a service" }).click();
  await page.getByRole("button", { name: "Really revoke?: of a service" }).click();
  await page.getByRole("row").filter({ hasText: "of a service" }).filter({ hasText: "Revoked" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("a channel is made, shows how it does and what never arrived, and is switched off with a second press", async () => {
  const { store } = web.database;
  const { context, page, complaints } = await visit(browser);
  await signIn(page, web);
  await page.goto(`${web.url}/channels`);
  await page.getByRole("link", { name: "Webhook" }).click();
  await page.getByLabel("Name").fill("our bot");
  await page.getByLabel("Address").fill("https://bot.example.com/leeway");
  await page.getByRole("button", { name: "Add channel" }).click();
  await page.getByText("whsec_").waitFor();
  const made = (await store.records.channel.list("default")).find(({ name }) => name === "our bot");
  if (made?.kind !== "webhook") throw new Error("the webhook was not stored");
  const dead = {
    ...{ id: "dead", incident_id: "i", channel_id: made.id, transition: "fired" as const, attempts: 11 },
    ...{ status: "failed" as const, last_error: "gave up: no answer", created_at: Date.now() },
  };
  await store.records.notification.put("default", dead.id, dead, "leeway");
  await page.getByRole("link", { name: "To the channel" }).click();
  await page.getByRole("button", { name: "Send once more" }).click();
  await page.getByText("every message arrived or is still on its way").waitFor();
  expect(await store.records.notification.get("default", dead.id)).toMatchObject({
    ...{ status: "queued", resent_by: ADMIN.email },
  });
  await page.getByLabel("Name").fill("our other bot");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "our other bot" }).waitFor();
  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByRole("button", { name: "Really notify nobody here?" }).click();
  await page.getByRole("button", { name: "Switch on" }).waitFor();
  const { secret, url } = made;
  expect(await store.records.channel.get("default", made.id)).toMatchObject({
    ...{ name: "our other bot", enabled: false, secret, url },
  });
  expect(await page.content()).not.toContain(secret);
  expect(complaints).toEqual([]);
  await context.close();
});

test("a silence is made after the page has said what it would keep back, and is ended with a second press", async () => {
  const { context, page, complaints } = await visit(browser);
  await haveSession(page, web);
  await page.goto(web.url);
  await page.getByRole("link", { name: "Silences" }).click();
  await page.getByText("No silence was made yet.").waitFor();
  await page.getByRole("combobox", { name: "Model" }).fill("flight-delays");
  await page.getByLabel("Why").fill("planned migration");
  await page.getByRole("button", { name: "What would be silenced?" }).click();
  await page.getByText(/open incidents? match/).waitFor();
  expect(await page.getByRole("listitem").filter({ hasText: "planned migration" }).count()).toBe(0);
  await page.getByLabel("only at some hours of the week").check();
  // A changed wish is asked about again.
  await page.getByRole("button", { name: "What would be silenced?" }).click();
  await page.getByRole("button", { name: "Silence", exact: true }).click();
  const silence = page.getByRole("listitem").filter({ hasText: "planned migration" });
  await silence.filter({ hasText: "22:00 to 06:00" }).waitFor();
  expect(await silence.getByRole("heading").textContent()).toBe("Everything of flight-delays");
  expect(await auditPage(page)).toEqual([]);
  await silence.getByRole("button", { name: "End the silence: Everything of flight-delays" }).click();
  await silence.getByRole("button", { name: "Really end the silence: Everything of flight-delays" }).click();
  await silence.filter({ hasText: "Over" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("a page that loses its server stays on screen, says since when, and recovers by itself; nothing is fetched that nobody asked for", async () => {
  const { context, page } = await visit(browser);
  await signIn(page, web);
  const prefetched: string[] = [];
  page.on("request", (request) => {
    if (request.headers()["next-router-prefetch"] !== undefined) prefetched.push(request.url());
  });
  await page.goto(`${web.url}/models/flight-delays`, { waitUntil: "networkidle" });
  expect(prefetched).toEqual([]);
  await context.setOffline(true);
  const banner = page.getByRole("status").filter({ hasText: "The server can’t be reached since" });
  // The page looks by itself every few seconds, and at once when its tab is shown.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await banner.waitFor();
  await page.getByRole("link", { name: "7 days" }).click();
  await banner.filter({ hasText: "Links work again then." }).waitFor();
  expect(await auditPage(page)).toEqual([]);
  await context.setOffline(false);
  await banner.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "7 days" }).click();
  await page.waitForURL("**from=latest-7d");
  await context.close();
});

test("a name with a percent sign and a slash is a name like any other", async () => {
  const { context, page } = await visit(browser);
  await haveSession(page, web);
  await page.goto(web.url);
  await page.getByRole("link", { name: AWKWARD_NAME, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: AWKWARD_NAME }).waitFor();
  const query = "version=1&environment=production&feature=x&start=0";
  const cell = await page.request.get(
    `${web.url}/api/models/${encodeURIComponent(AWKWARD_NAME)}/drift-cell?${query}`,
  );
  expect(cell.status()).toBe(404);
  expect(await cell.json()).toMatchObject({ code: "not_found" });
  await context.close();
});

test("signing out ends the session on the server, so that its cookie opens nothing any more", async () => {
  const { context, page, complaints } = await visit(browser);
  await signIn(page, web);
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith("leeway_session"));
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  const answer = await fetch(`${web.url}/incidents`, {
    headers: { cookie: `${cookie!.name}=${cookie!.value}` },
    redirect: "manual",
  });
  expect(await answer.text()).not.toContain("Inputs drifted");
  expect(complaints).toEqual([]);
  await context.close();
});

test("every page carries a policy with a fresh nonce, and only what the policy allows", async () => {
  const policies = await Promise.all(
    [1, 2].map(async () => (await fetch(`${web.url}/sign-in`)).headers.get("content-security-policy") ?? ""),
  );
  const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
  expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(nonces[0]).not.toBe(nonces[1]);
  for (const part of [
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]) {
    expect(policies[0]).toContain(part);
  }
  expect(policies[0]).not.toContain("script-src 'unsafe-inline'");
  const { headers } = await fetch(`${web.url}/nothing-here`);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-powered-by")).toBeNull();
});

test.each([
  [1440, "light"],
  [390, "dark"],
] as const)("every page can be read by everybody at %i px, %s", async (width, colorScheme) => {
  const { context, page, complaints } = await visit(browser, { width, colorScheme });
  await page.goto(`${web.url}/sign-in`);
  expect(await auditPage(page)).toEqual([]);
  await haveSession(page, web);
  const paths = [
    "/",
    "/models/flight-delays",
    "/models/flight-delays?by=region",
    "/models/checkout-fraud",
    `/models/${encodeURIComponent(AWKWARD_NAME)}`,
    "/incidents",
    "/incidents?show=resolved",
    `/incidents/${web.seeded.resolvedIncident}`,
    "/models/flight-delays/references",
    "/monitors",
    "/monitors/new?kind=latency_slo",
    "/objectives",
    "/quality?model=flight-delays",
    "/status",
    "/settings",
    "/channels",
    "/channels/slack",
    "/channels/new?kind=retrain",
  ];
  for (const path of paths) {
    await page.goto(web.url + path);
    expect([path, ...(await auditPage(page))]).toEqual([path]);
  }
  expect(complaints).toEqual([]);
  await context.close();
});

test("pages stay light: no more script than their budget", async () => {
  const { context, page } = await visit(browser);
  await haveSession(page, web);
  const scriptKilobytes = async (path: string) => {
    await page.goto(web.url + path, { waitUntil: "networkidle" });
    return page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry.name.endsWith(".js"))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize / 1_024, 0),
    );
  };
  expect(await scriptKilobytes("/incidents")).toBeLessThan(200);
  expect(await scriptKilobytes("/")).toBeLessThan(200);
  expect(await scriptKilobytes("/models/flight-delays")).toBeLessThan(290);
  await context.close();
});

test("features at the edge of what numbers and texts can be are shown in words and numbers, and never too many of them", async () => {
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  await writeExtremeModel(web.database.store, hour, 5_000);
  const { context, page, complaints } = await visit(browser, { width: 390 });
  await haveSession(page, web);
  const path = `/models/${EXTREME_MODEL}`;
  const cells = ["huge", "near_one", "infinite", "many"].map(
    (feature, i) => `${path}?feature=${feature}&start=${hour - (4 - (i % 3)) * 3_600_000}`,
  );
  const incidents = await web.database.store.records.incident.list("default");
  const own = incidents.filter(({ model }) => model === EXTREME_MODEL).map(({ id }) => `/incidents/${id}`);
  expect(own).toHaveLength(1);
  for (const address of [`${path}?by=huge`, ...own, ...cells]) {
    const answer = await page.goto(web.url + address);
    const text = (await page.locator("main").textContent()) ?? "";
    expect([address, answer?.status(), text.match(/NaN|Infinity|undefined|null/)]).toEqual([
      address,
      200,
      null,
    ]);
    expect([address, await auditPage(page)]).toEqual([address, []]);
  }
  // The last cell is of a feature with thousands of categories.
  expect(await page.getByRole("region", { name: /^many/ }).getByRole("row").count()).toBe(26);
  expect(complaints).toEqual([]);
  await context.close();
});
