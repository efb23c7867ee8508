import { join } from "node:path";
import { defineConfig } from "vitest/config";

const OWN_PROCESSES = join(import.meta.dirname, "test/processes/own-processes.ts");

// `pure` needs no process beside it and is what `npm run verify` runs; `long` plays months of scenarios and builds the SDK; `services` starts
// the embedded engine, Redis and a browser, each file its own: much of it is waiting, so two files run at a time.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          setupFiles: [join(import.meta.dirname, "test/processes/no-processes.ts")],
          include: [
            "{core,store,ingest,analyzer,sdk,web}/src/**/*.test.ts",
            "test/{golden,words}/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: ["**/*.live.test.ts", "sdk/src/packaging/**", "**/node_modules/**"],
          // Tests without a service leave nothing behind for the next file: a worker for each file would take longer than the tests.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "long",
          maxWorkers: 2,
          setupFiles: [OWN_PROCESSES],
          include: ["test/scenarios/**/*.test.ts", "sdk/src/packaging/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // What only a server of Next may import says so by a module that throws anywhere else.
        resolve: {
          alias: { "server-only": join(import.meta.dirname, "web/node_modules/server-only/empty.js") },
        },
        test: {
          name: "services",
          include: [
            "test/{integration,contract,faults,e2e,processes}/**/*.test.ts",
            "{core,store,ingest,analyzer,sdk,web}/src/**/*.live.test.ts",
            "scripts/**/*.live.test.ts",
          ],
          setupFiles: [OWN_PROCESSES],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
