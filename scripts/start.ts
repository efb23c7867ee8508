import { resolve } from "node:path";
import { ensureCredentials } from "./services/credentials.ts";
import { startLeeway } from "./services/leeway-services.ts";

const root = resolve(import.meta.dirname, "..");
const dataDir = resolve(process.env["LEEWAY_DATA_DIR"] ?? ".leeway");
const say = (line: string) => process.stdout.write(`leeway: ${line}\n`);

const stopped = new AbortController();
// Services, each in their grace, then what they need, and whatever else could hold it up.
const LAST_MS = 90_000;
// It may come twice, to the process and to its group: the second must not cut the stopping short.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stopped.abort();
    setTimeout(() => {
      process.stderr.write("leeway: stopping took too long\n");
      process.exit(1);
    }, LAST_MS).unref();
  });
}

try {
  const credentials = ensureCredentials(dataDir, process.env);
  const leeway = await startLeeway({
    root,
    dataDir,
    credentials,
    say,
    ports: "fixed",
    stopped: stopped.signal,
  });
  say(`web   ${leeway.webUrl}`);
  say(`API   ${leeway.apiUrl}   (${leeway.apiUrl}/docs)`);
  say(`logs  ${leeway.logDir}`);
  const { apiKey, adminPassword } = credentials.made;
  if (apiKey || adminPassword) say("shown once, kept in credentials.json of the data directory:");
  if (adminPassword) say(`  sign in with  ${credentials.adminEmail}  ${credentials.adminPassword}`);
  if (apiKey) say(`  API key       ${credentials.apiKey}`);
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
// Nothing that is still open may keep it: every service has ended.
process.exit();
