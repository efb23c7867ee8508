import { describe, expect, it } from "vitest";
import { featureSchemas } from "./feature-schema.ts";

const seen = (feature: string, kind: string, version = "1", at = 5) => ({
  feature,
  kind,
  version,
  firstSeen: at,
  lastSeen: at + 10,
});

describe("a schema made on the fly", () => {
  it("shows kinds of value over versions and time", () => {
    expect(
      featureSchemas([seen("age", "number", "1", 5), seen("age", "number", "2", 1), seen("age", "null")]),
    ).toEqual([
      {
        name: "age",
        kinds: [
          { kind: "null", versions: ["1"], first_seen: 5, last_seen: 15 },
          { kind: "number", versions: ["1", "2"], first_seen: 1, last_seen: 15 },
        ],
        issues: [],
      },
    ]);
  });

  it("names conflicting types, names that differ in case, and names that look the same", () => {
    const composed = "caf\u00e9";
    const decomposed = "cafe\u0301";
    const features = featureSchemas([
      seen("age", "number"),
      seen("age", "string"),
      seen("Age", "number"),
      seen(composed, "number"),
      seen(decomposed, "number"),
    ]);
    const issues = Object.fromEntries(
      features.map(({ name, issues }) => [name, issues.map(({ code }) => code)]),
    );
    expect(issues).toEqual({
      age: ["type_conflict", "case_collision"],
      Age: ["case_collision"],
      [composed]: ["unicode_collision"],
      [decomposed]: ["unicode_collision"],
    });
  });
});
