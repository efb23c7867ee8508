import { writeFileSync } from "node:fs";
import { runCli } from "../cli/run-cli.ts";
import { systemRuntime } from "../config.ts";
import type { HttpAnswer, HttpRequest } from "../runtime.ts";
import { acceptAll } from "../testing/fake-runtime.ts";

/** CliHarness runs commands against a server that answers as told, and keeps what was asked and said. */
export interface CliHarness {
  readonly requests: HttpRequest[];
  readonly lines: string[];
  run(...args: string[]): Promise<number>;
}

/** createCliHarness returns a harness with a key in its environment; an interrupt comes after 50 ms. */
export function createCliHarness(
  answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> = acceptAll,
  fetchAnswer: typeof fetch = () => Promise.reject(new Error("nothing was to be fetched")),
  env: Readonly<Record<string, string>> = {},
): CliHarness {
  const requests: HttpRequest[] = [];
  const lines: string[] = [];
  return {
    requests,
    lines,
    run: (...args) =>
      runCli(args, {
        env: { LEEWAY_API_KEY: "lw_key", LEEWAY_URL: "http://127.0.0.1:4700", ...env },
        runtime: {
          ...systemRuntime(),
          random: () => 0,
          async post(request) {
            requests.push(request);
            return answer(request);
          },
        },
        fetch: fetchAnswer,
        print: (line) => lines.push(line),
        note: (line) => lines.push(line),
        status: null,
        onInterrupt: (task) => setTimeout(task, 50),
      }),
  };
}

/** writeIn writes a file in a folder and returns its path. */
export function writeIn(dir: string, name: string, content: string | Uint8Array): string {
  writeFileSync(`${dir}/${name}`, content);
  return `${dir}/${name}`;
}
