import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { HeaviestFirst } from "./test/machine/heaviest-first.ts";
import { measureMachine, patience } from "./test/machine/patience.ts";
import { placeTemplate } from "./test/machine/template.ts";

measureMachine();
placeTemplate();
const inProcesses = (name: string) => join(import.meta.dirname, "test/processes", name);
// A limit is for what hangs: a machine that gets busy after it was measured may take several times longer.
const limits = {
  // What waits for other processes may meet a moment that the rest of the machine spoils: it has a second try, and `npm test` names it.
  retry: 1,
  expect: { poll: { timeout: patience(10_000) } },
  testTimeout: patience(300_000),
  hookTimeout: patience(300_000),
};

// `pure` needs no process beside it and is what `npm run verify` runs; `long` plays months of scenarios and builds the SDK; `services` starts
// the embedded engine, Redis and a browser, each file its own. Much of that is waiting: three files run at a time on two cores.
const maxWorkers = 3;
export default defineConfig({
  test: {
    sequence: { sequencer: HeaviestFirst },
    projects: [
      {
        test: {
          name: "pure",
          setupFiles: [inProcesses("no-processes.ts")],
          include: [
            "{core,store,ingest,analyzer,sdk,web}/src/**/*.test.ts",
            "test/{golden,machine,words}/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: ["**/*.live.test.ts", "sdk/src/packaging/**", "**/node_modules/**"],
          // Tests without a service leave nothing behind for the next file: a worker for each file would take longer than the tests.
          isolate: false,
          maxWorkers,
          expect: { poll: { timeout: patience(10_000) } },
          testTimeout: patience(20_000),
          hookTimeout: patience(60_000),
        },
      },
      {
        test: {
          name: "long",
          setupFiles: [inProcesses("own-processes.ts")],
          include: ["test/scenarios/**/*.test.ts", "sdk/src/packaging/**/*.test.ts"],
          maxWorkers,
          ...limits,
        },
      },
      {
        // What only a server of Next may import says so by a module that throws anywhere else.
        resolve: {
          alias: { "server-only": join(import.meta.dirname, "web/node_modules/server-only/empty.js") },
        },
        test: {
          name: "services",
          globalSetup: [join(import.meta.dirname, "test/machine/template.ts")],
          setupFiles: [inProcesses("own-processes.ts")],
          include: [
            "test/{integration,contract,faults,e2e,processes}/**/*.test.ts",
            "{core,store,ingest,analyzer,sdk,web}/src/**/*.live.test.ts",
            "scripts/**/*.live.test.ts",
          ],
          maxWorkers,
          ...limits,
        },
      },
    ],
  },
});
