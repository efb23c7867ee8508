import { parseArgs } from "node:util";
import { createApiClient } from "./api-client.ts";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { problemWords } from "./ask-api.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";

/** EVENT_USAGE tells how to say what changed. */
export const EVENT_USAGE = `leeway event TITLE --kind deploy|config|data|note [--model MODEL] [--version V] [--environment E]
             [--git-sha SHA] [--link URL] [--at TIME] [--id ID] [--source NAME]
  Says what changed; an incident that begins soon after lists it. Without --model it concerns every model.
  In GitHub Actions and GitLab CI the commit, the link to the run and the source are known by themselves.
  The same --id twice is one event.
  --url URL --api-key KEY   or LEEWAY_URL, LEEWAY_API_KEY
  Exit codes: 0 it is stored, 2 a mistake in the arguments, 3 no answer.`;

/** runEventCommand reports one change, for CI. */
export const runEventCommand: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      kind: { type: "string" },
      model: { type: "string" },
      version: { type: "string" },
      environment: { type: "string" },
      "git-sha": { type: "string" },
      link: { type: "string" },
      at: { type: "string" },
      id: { type: "string" },
      source: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [title, ...more] = positionals;
  const { kind, model, version, environment, at, id } = values;
  if (values.help || title === undefined || more.length > 0 || kind === undefined) {
    context.print(EVENT_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const job = jobOf(context.env);
  const event = withoutAbsent({
    ...{ id, kind, title, model, version, environment },
    // Given here, so that a request which is sent again is the same event.
    timestamp: at === undefined ? context.runtime.now() : /^\d+$/.test(at) ? Number(at) : at,
    git_sha: values["git-sha"] ?? job.gitSha,
    url: values.link ?? job.url,
    source: values.source ?? job.source,
  });
  const api = createApiClient(settings, context.runtime, (reason) => context.note(`waiting: ${reason}`));
  const { status, body } = await api.post("/v1/events", { events: [event] });
  const answer = answerOf(body);
  const [stored] = answer?.ids ?? [];
  if (status === 200 && stored !== undefined) {
    context.print(answer?.accepted === 0 ? `known already: ${stored}` : `stored: ${stored}`);
    return EXIT.ok;
  }
  for (const line of problemWords({ status, body: answer })) context.note(line);
  return status === 400 ? EXIT.usage : EXIT.failed;
};

interface Job {
  gitSha?: string | undefined;
  url?: string | undefined;
  source?: string | undefined;
}

/** What a CI server says of the job that this runs in. */
function jobOf(env: CliContext["env"]): Job {
  if (env["GITHUB_ACTIONS"] === "true") {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
    const isWhole = server !== undefined && repository !== undefined && run !== undefined;
    return {
      gitSha: env["GITHUB_SHA"],
      source: "github-actions",
      ...(isWhole ? { url: `${server}/${repository}/actions/runs/${run}` } : {}),
    };
  }
  if (env["GITLAB_CI"] === "true") {
    return { gitSha: env["CI_COMMIT_SHA"], url: env["CI_JOB_URL"], source: "gitlab-ci" };
  }
  return {};
}

function withoutAbsent(fields: Record<string, string | number | undefined>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function answerOf(body: string): { accepted?: unknown; ids?: string[] } | undefined {
  try {
    return JSON.parse(body) as { accepted?: unknown; ids?: string[] };
  } catch {
    // Whatever answered is no Leeway: the status says so.
    return undefined;
  }
}
