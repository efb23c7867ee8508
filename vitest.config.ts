import { defineConfig } from "vitest/config";

// `pure` needs no process beside it and runs in seconds; `services` starts the embedded engine and Redis.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: [
            "{core,store,ingest,analyzer,sdk,web}/src/**/*.test.ts",
            "test/{golden,scenarios}/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "services",
          include: ["test/{integration,contract,faults,e2e}/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
