#!/usr/bin/env node
import { systemRuntime } from "../config.ts";
import type { CliContext } from "./cli-context.ts";
import { runCli } from "./run-cli.ts";

const CLEAR_LINE = "\r\u001b[K";

// Who reads the output may stop early, as `head` does: that is the end, and no mistake.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const context: CliContext = {
  env: process.env,
  runtime: systemRuntime(),
  fetch,
  print: (line) => console.log(line),
  note: (line) => console.error(line),
  status: process.stderr.isTTY ? (text) => process.stderr.write(CLEAR_LINE + text) : null,
  onInterrupt: (task) => {
    process.once("SIGINT", task);
    process.once("SIGTERM", task);
  },
};
process.exitCode = await runCli(process.argv.slice(2), context);
