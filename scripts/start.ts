import { resolve } from "node:path";
import { ensureCredentials } from "./services/credentials.ts";
import { startLeeway } from "./services/leeway-services.ts";

const root = resolve(import.meta.dirname, "..");
const dataDir = resolve(process.env["LEEWAY_DATA_DIR"] ?? ".leeway");
const say = (line: string) => process.stdout.write(`leeway: ${line}\n`);

const stopped = new AbortController();
// It may come twice, to the process and to its group: the second must not cut the stopping short.
process.on("SIGINT", () => stopped.abort());
process.on("SIGTERM", () => stopped.abort());

try {
  const credentials = ensureCredentials(dataDir, process.env);
  const leeway = await startLeeway({ root, dataDir, credentials, say, stopped: stopped.signal });
  say(`web   ${leeway.webUrl}`);
  say(`API   ${leeway.apiUrl}   (${leeway.apiUrl}/docs)`);
  say(`logs  ${leeway.logDir}`);
  if (credentials.isNew) {
    say("shown once, kept in credentials.json of the data directory:");
    say(`  sign in with  ${credentials.adminEmail}  ${credentials.adminPassword}`);
    say(`  API key       ${credentials.apiKey}`);
  }
  say("Ctrl-C ends it");
  if (!stopped.signal.aborted)
    await new Promise((end) => stopped.signal.addEventListener("abort", end, { once: true }));
  say("stopping …");
  await leeway.stop();
} catch (error) {
  if (stopped.signal.aborted) say("stopped before it was ready");
  else {
    process.stderr.write(`leeway: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
