import { expect, it } from "vitest";
import type { SeenVersion } from "./model-page.ts";
import { versionLabel } from "./version-label.ts";

const seen = (version: string, environment: string, stage?: "production" | "archived") => ({
  version,
  environment,
  settings: stage === undefined ? undefined : ({ stage } as SeenVersion["settings"]),
});

it("says of an archived version that it is, and else where a version served", () => {
  const all = [
    seen("1", "production", "production"),
    seen("2", "shadow"),
    seen("3", "shadow", "archived"),
    seen("4", "production", "archived"),
    seen("4", "shadow", "archived"),
  ];
  expect(all.map((one) => versionLabel(one, all))).toEqual([
    "version 1",
    "version 2 (shadow)",
    "version 3 (archived)",
    "version 4 (archived)",
    "version 4 (archived, shadow)",
  ]);
});
