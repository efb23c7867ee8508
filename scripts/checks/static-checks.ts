import { join } from "node:path";
import type { Check } from "./run-check.ts";

// What runs on Node is one program, so that what many packages import is checked once. Tests and pages may also speak of a browser.
// Each remembers what it checked in a file that git ignores: what has not changed is not checked again.
const TYPED = ["web/tsconfig.json", "test/tsconfig.json", "tsconfig.node.json"];

/** staticChecks lists what the sources alone can show: types, lint with import boundaries, dead code, the paths the docs name. */
export function staticChecks(root: string): Check[] {
  const bin = (name: string) => join(root, "node_modules/.bin", name);
  return [
    ...TYPED.map((project) => ({
      name: `types: ${project}`,
      command: bin("tsc"),
      args: ["-p", project],
    })),
    {
      name: "lint and import boundaries",
      command: bin("biome"),
      args: ["check", "--error-on-warnings", "."],
    },
    { name: "dead code", command: bin("knip"), args: [] },
    {
      name: "paths named in the docs",
      command: process.execPath,
      args: ["--import", "tsx", "scripts/checks/docs-paths.ts"],
    },
    {
      name: "plain English",
      command: process.execPath,
      args: ["--import", "tsx", "scripts/checks/language.ts"],
    },
    {
      name: "pure tests wait for nothing",
      command: process.execPath,
      args: ["--import", "tsx", "scripts/checks/pure-tests.ts"],
    },
    {
      name: "compose file",
      command: process.execPath,
      args: ["--import", "tsx", "scripts/checks/compose-file.ts"],
    },
  ];
}
