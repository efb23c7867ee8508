import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const TSC = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));
let dir: string;

/** The package as it would be installed: built, and with what `publishConfig` changes. */
beforeAll(() => {
  dir = mkdtempSync(`${tmpdir()}/leeway-package-`);
  const installed = `${dir}/node_modules/@leeway/sdk`;
  mkdirSync(installed, { recursive: true });
  execFileSync(process.execPath, [`${PACKAGE}/scripts/build.mjs`], {
    env: { ...process.env, LEEWAY_SDK_DIST: `${installed}/dist` },
  });
  const { publishConfig, ...manifest } = JSON.parse(readFileSync(`${PACKAGE}/package.json`, "utf8"));
  writeFileSync(`${installed}/package.json`, JSON.stringify({ ...manifest, ...publishConfig }));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function run(file: string, source: string): string {
  writeFileSync(`${dir}/${file}`, source);
  return execFileSync(process.execPath, [file], { cwd: dir, encoding: "utf8" });
}

const USE = `
const leeway = createLeeway({ url: "http://127.0.0.1:9", apiKey: "k", model: "m", version: "1", onError() {} });
const id = leeway.run("request-1", () => leeway.predict({ features: { a: 1 }, prediction: { score: 0.5 } }));
leeway.close({ deadlineMs: 1 }).then((stats) => console.log(id, stats.predictions.recorded, typeof createGpuSampler));`;

describe("the published package", () => {
  it("works as an ES module", () => {
    expect(run("use.mjs", `import { createLeeway, createGpuSampler } from "@leeway/sdk";${USE}`)).toBe(
      "request-1 1 function\n",
    );
  });

  it("works as a CommonJS module", () => {
    expect(run("use.cjs", `const { createLeeway, createGpuSampler } = require("@leeway/sdk");${USE}`)).toBe(
      "request-1 1 function\n",
    );
  });

  it("asks for no module at import, so that it loads where Node's are missing", () => {
    const code = readFileSync(`${dir}/node_modules/@leeway/sdk/dist/index.js`, "utf8");
    expect(code).not.toMatch(/(^|;)import[\s{*"']/);
    expect(code).not.toContain("require(");
  });

  it("has types for both module systems", () => {
    const source = `import { createLeeway, type LeewayStats } from "@leeway/sdk";
      const leeway = createLeeway({ url: "u", apiKey: "k", model: "m", version: "1" });
      const id: string = leeway.predict({ features: { a: 1 }, prediction: { score: 0.5 } });
      export const stats: Promise<LeewayStats> = leeway.close();
      // @ts-expect-error a label needs a label or value of a known type
      leeway.label({ predictionId: id, label: {} });`;
    for (const name of ["types.mts", "types.cts"]) {
      writeFileSync(`${dir}/${name}`, source);
      checkTypes(dir, name);
    }
  });

  it("brings the agent as a library of its own, with types that need nothing else", () => {
    const source = `import { type Agent, startAgent } from "@leeway/sdk/agent";
      export const agent: Promise<Agent> = startAgent({ url: "u", apiKey: "k", config: {} });`;
    writeFileSync(`${dir}/agent.mts`, source);
    checkTypes(dir, "agent.mts");
    const wrong = `import { startAgent } from "@leeway/sdk/agent";
      await startAgent({ url: "u", apiKey: "k", config: { targets: [{ url: "x" }] } }).catch((error) => console.log(error.message));`;
    expect(run("agent.mjs", wrong)).toBe("targets[0].url: expected an http or https address\n");
  });

  it("brings a command that runs without anything else installed", () => {
    const cli = `${dir}/node_modules/@leeway/sdk/dist/cli.js`;
    expect(execFileSync(process.execPath, [cli, "help"], { encoding: "utf8" })).toContain(
      "leeway labels import",
    );
  });
});

// Throws where a file of a folder does not have the types that the package promises.
function checkTypes(cwd: string, file: string): void {
  const compiler = ["--module", "nodenext", "--target", "es2022", "--lib", "es2023,dom"];
  execFileSync(TSC, ["--noEmit", "--strict", ...compiler, "--ignoreConfig", file], { cwd, stdio: "pipe" });
}
