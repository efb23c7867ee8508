import { expect, test } from "vitest";
import { type Connection, connectionSentence, nextConnection } from "./connection.ts";

const LOST: Connection = { state: "lost", why: "server", since: 1_000 };

test.each<[string, Connection, number | undefined, Connection]>([
  ["an answer", { state: "ok" }, 200, { state: "ok" }],
  ["no answer begins a loss", { state: "ok" }, undefined, { state: "lost", why: "server", since: 2_000 }],
  ["a loss keeps its beginning", LOST, undefined, LOST],
  ["the server is back, its database is not", LOST, 503, { state: "lost", why: "database", since: 1_000 }],
  ["all is back", LOST, 200, { state: "ok" }],
  ["the session ended meanwhile", LOST, 401, { state: "signed_out" }],
  ["a refused question is an answer", LOST, 400, { state: "ok" }],
])("%s", (_, before, asked, after) => {
  expect(nextConnection(before, asked, 2_000)).toEqual(after);
});

test("the banner says what does not answer, and since when", () => {
  const clock = (time: number) => `${time} UTC`;
  expect(connectionSentence(LOST, clock)).toBe(
    "The server can’t be reached since 1000 UTC. What is on screen is from before; it is brought up to date by itself.",
  );
  expect(connectionSentence({ state: "ok" }, clock)).toBeUndefined();
});
