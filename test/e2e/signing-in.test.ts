import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { patience } from "../machine/patience.ts";
import { ADMIN, type LaunchedWeb, launchWeb } from "./launch-web.ts";
import { cookiesOf, postSession } from "./sign-in-client.ts";

// A password check is slow on purpose, and slower still on a busy machine.
vi.setConfig({ testTimeout: patience(300_000) });

let database: TestDatabase;
let web: LaunchedWeb;

beforeAll(async () => {
  database = await createTestDatabase();
  web = await launchWeb(database, { LEEWAY_TRUSTED_PROXIES: "127.0.0.1" });
}, patience(300_000));

afterAll(async () => {
  await web.stop();
  await database.close();
});

/** Guesses from `networks` at once, each the next one as soon as the last is answered, until `act` is done, which begins once the attack is under way. */
async function underAttack(
  networks: readonly string[],
  email: (guess: number) => string,
  isUnderWay: (answers: readonly number[]) => boolean,
  act: () => Promise<void>,
): Promise<number[]> {
  const answers: number[] = [];
  let isOver = false;
  const attacks = networks.map(async (from) => {
    while (!isOver) {
      const answer = await postSession(web.url, {
        email: email(answers.length),
        password: "not the password",
        from,
      });
      answers.push(answer.status);
      // An attacker who does not wait would only be refused more often.
      if (answer.status === 429) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  while (!isUnderWay(answers)) await new Promise((resolve) => setTimeout(resolve, 50));
  await act().finally(() => {
    isOver = true;
  });
  await Promise.all(attacks);
  return answers;
}

const EIGHT_NETWORKS = Array.from({ length: 8 }, (_, index) => `203.0.113.${index}`);

test("eight attackers guess at the administrator's account, and the administrator signs in at the first try, each time", async () => {
  const answers = await underAttack(
    EIGHT_NETWORKS,
    () => ADMIN.email,
    (soFar) => soFar.includes(429),
    async () => {
      for (let i = 0; i < 2; i++) {
        expect((await postSession(web.url, { from: `198.51.100.${i}` })).status).toBe(204);
      }
    },
  );
  expect(answers).toContain(401);
  expect(answers).toContain(429);
  expect(answers).not.toContain(204);
});

test("eight attackers in the administrator's own network try many accounts, and the administrator signs in at the first try", async () => {
  const crowd = Array.from({ length: 8 }, () => "192.0.2.1");
  const answers = await underAttack(
    crowd,
    (guess) => `user-${guess}@example.org`,
    (soFar) => soFar.length >= 30,
    async () => {
      for (let i = 0; i < 2; i++)
        expect((await postSession(web.url, { from: "192.0.2.1" })).status).toBe(204);
    },
  );
  expect(answers).toContain(401);
});

test("a browser that has signed in before gets in at once, also from the network in which its account is attacked", async () => {
  const cookie = cookiesOf(await postSession(web.url, { from: "192.0.2.77" }));
  expect(cookie).toContain("leeway_device=");
  const answers = await underAttack(
    ["192.0.2.77"],
    () => ADMIN.email,
    (soFar) => soFar.includes(429),
    async () => {
      for (let i = 0; i < 2; i++) {
        expect((await postSession(web.url, { from: "192.0.2.77", cookie })).status).toBe(204);
      }
    },
  );
  expect(answers).toContain(429);
});

test("a password that is too long is refused with a reason, and not counted as a wrong one", async () => {
  for (let i = 0; i < 8; i++) {
    const answer = await postSession(web.url, { password: "x".repeat(129), from: "192.0.2.99" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/too long.*128 characters/) });
  }
  expect((await postSession(web.url, { from: "192.0.2.99" })).status).toBe(204);
});

test("a revoked session opens nothing any more, from the next request on", async () => {
  const cookie = cookiesOf(await postSession(web.url));
  expect((await page(cookie)).status).toBe(200);
  const { session } = database.store.records;
  for (const open of await session.list("default")) {
    await session.put("default", open.id, { ...open, revoked_at: Date.now() }, "test");
  }
  expect((await page(cookie)).status).toBe(307);
  expect((await act(cookie)).status).toBe(401);
});

test("another password ends the sessions of the former one, and an administrator who is not named any more loses account and sessions until named again", async () => {
  const other = "another horse altogether";
  const former = cookiesOf(await postSession(web.url));
  await restart({ LEEWAY_ADMIN_PASSWORD: other });
  expect((await page(former)).status).toBe(307);
  expect((await act(former)).status).toBe(401);
  expect((await postSession(web.url)).status).toBe(401);
  const cookie = cookiesOf(await postSession(web.url, { password: other }));
  expect((await page(cookie)).status).toBe(200);
  await restart({ LEEWAY_ADMIN_EMAIL: "bob@example.org", LEEWAY_ADMIN_PASSWORD: other });
  expect(web.printed()).toContain(`does not name ${ADMIN.email} any more`);
  expect((await postSession(web.url, { password: other })).status).toBe(401);
  expect((await page(cookie)).status).toBe(307);
  expect((await act(cookie)).status).toBe(401);
  await restart({});
  for (const ended of [former, cookie]) expect((await page(ended)).status).toBe(307);
  expect((await postSession(web.url)).status).toBe(204);
  expect((await postSession(web.url, { email: "bob@example.org", password: other })).status).toBe(401);
});

async function page(cookie: string): Promise<Response> {
  const answer = await fetch(`${web.url}/incidents`, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  return answer;
}

function act(cookie: string): Promise<Response> {
  return fetch(`${web.url}/api/incidents/none/actions`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ action: "acknowledge" }),
  });
}

async function restart(env: Record<string, string>): Promise<void> {
  await web.stop();
  web = await launchWeb(database, { LEEWAY_TRUSTED_PROXIES: "127.0.0.1", ...env });
}
