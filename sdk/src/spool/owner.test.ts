import { describe, expect, it } from "vitest";
import { folderName, isOrphaned, parseFolderName, RELEASED_HOST } from "./owner.ts";

const OWNER = { host: "web-1", pid: 7, startId: "boot-100", token: "ab12" };
const signs = (running: Record<number, string>, silentMs = 0) => ({
  ownHost: "web-1",
  startIdOf: (pid: number) => running[pid] ?? null,
  silentMs,
});

describe("spool folder names", () => {
  it("tell their owner, also when the host's name has characters a file name should not", () => {
    expect(parseFolderName(folderName(OWNER))).toEqual(OWNER);
    expect(parseFolderName(folderName({ ...OWNER, host: "a/b:c ~d" }))?.host).toBe("a_b_c__d");
    expect(parseFolderName("lost+found")).toBeNull();
  });
});

describe("isOrphaned", () => {
  it.each([
    ["its process is running", OWNER, signs({ 7: "boot-100" }), false],
    ["no process has its pid", OWNER, signs({}), true],
    ["a later process has its pid", OWNER, signs({ 7: "boot-999" }), true],
    [
      "the platform doesn't tell start times and the pid is in use",
      { ...OWNER, startId: "0" },
      signs({ 7: "0" }),
      false,
    ],
    ["it is on another host and gave a sign of life", { ...OWNER, host: "web-2" }, signs({}, 30_000), false],
    [
      "it is on another host and has been silent for long",
      { ...OWNER, host: "web-2" },
      signs({}, 180_000),
      true,
    ],
    ["it was released on purpose", { ...OWNER, host: RELEASED_HOST }, signs({ 7: "boot-100" }), true],
  ])("decides when %s", (_case, owner, seen, expected) => {
    expect(isOrphaned(owner, seen)).toBe(expected);
  });
});
