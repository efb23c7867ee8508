import { putInput } from "@leeway/core/input";
import { describe, expect, it } from "vitest";
import { MONITOR_FIELDS, monitorInputSchema, putMonitorSchema } from "../routes/monitors/monitor-input.ts";
import { documentProblem } from "./check-document.ts";

const STORED = {
  ...{ id: "eu", model: "fraud", kind: "performance", environment: "staging", window: 86_400_000 },
  ...{ segment: { region: "eu" }, minimum_count: 90, enabled: false, automatic: true, created_at: 5 },
};
const put = (stored: object | undefined, body: object) =>
  putInput(monitorInputSchema, Object.keys(MONITOR_FIELDS), stored, putMonitorSchema.parse(body));

describe("a PUT", () => {
  it("leaves what it does not name as it was, defaults included", () => {
    const { id: _id, automatic: _automatic, created_at: _at, ...fields } = STORED;
    expect(put(STORED, { version: "2" })).toEqual({ ...fields, version: "2" });
    expect(put(STORED, { window: "2d" })).toEqual({ ...fields, window: 172_800_000 });
    expect(put(STORED, {})).toEqual(fields);
  });

  it("takes a field away that is null, and lets the default stand in for one that has any", () => {
    const after = put(STORED, { segment: null, minimum_count: null });
    expect(after).not.toHaveProperty("segment");
    expect(after).toMatchObject({ minimum_count: 30, enabled: false });
    expect(() => put(STORED, { model: null })).toThrow(/model/);
  });

  it("takes back what was read, and lets nobody write what the server makes", () => {
    const { id: _id, automatic: _automatic, created_at: _at, ...fields } = STORED;
    expect(put(STORED, { ...STORED, created_at: 1, automatic: false, id: "other" })).toEqual(fields);
  });

  it("of something new needs all that is required", () => {
    expect(() => put(undefined, { model: "fraud", kind: "drift" })).toThrow(/window/);
    expect(put(undefined, { model: "fraud", kind: "drift", window: "1d" })).toMatchObject({
      ...{ environment: "production", minimum_count: 30, enabled: true },
    });
  });
});

describe("a document", () => {
  it.each([
    [{ segment: { region: "\ud800" } }, "segment.region"],
    [{ list: ["ok", "a\udc00"] }, "list.1"],
    [{ "\ud83d": 1 }, "body"],
    [JSON.parse('{"segment":{"__proto__":"x"}}'), "segment"],
    [JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`), "0.0"],
  ])("is refused for %j, by name", (document, path) => {
    expect(documentProblem(document)?.path).toMatch(new RegExp(`^${path}`));
  });

  it("may hold whole characters of any kind", () => {
    expect(documentProblem({ text: "größe 😀\n", list: [1, null, true] })).toBeUndefined();
  });
});
