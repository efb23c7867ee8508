import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeBuildTurn } from "./build-turn.ts";

test("a second build waits until the first has ended", async () => {
  const folder = `folder ${process.pid}`;
  const events: string[] = [];
  const endFirst = await takeBuildTurn(folder);
  const second = takeBuildTurn(folder).then((end) => {
    events.push("second");
    end();
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  events.push("first ends");
  endFirst();
  await second;
  expect(events).toEqual(["first ends", "second"]);
});

test("the turn of a process that died is over, and a wait can be ended", async () => {
  const folder = `other folder ${process.pid}`;
  const key = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  writeFileSync(
    join(tmpdir(), `leeway-build-${key}.json`),
    JSON.stringify({ pid: 1, startedAt: "long ago" }),
  );
  const end = await takeBuildTurn(folder);
  const stop = new AbortController();
  const waiting = takeBuildTurn(folder, stop.signal);
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
  end();
});
