import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument } from "yaml";
import {
  type AgentConfig,
  type ConfigProblem,
  parseAgentConfig,
} from "../../scraping/targets/agent-config.ts";

/** AgentConfigFile is a checked configuration, or every mistake in its file, each with line and field. */
export type AgentConfigFile =
  | { readonly kind: "config"; readonly config: AgentConfig }
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

/** readAgentConfig reads and checks a YAML or JSON file. A file that can't be read rejects. */
export async function readAgentConfig(path: string): Promise<AgentConfigFile> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(path, "utf8"), { lineCounter: lines });
  const lineAt = (offset: number | undefined) => `${path}:${lines.linePos(offset ?? 0).line}`;
  if (document.errors.length > 0) {
    const problems = document.errors.map(
      ({ pos, message }) => `${lineAt(pos[0])}: ${message.split("\n")[0]}`,
    );
    return { kind: "wrong", problems };
  }
  const outcome = parseAgentConfig(document.toJS());
  if (outcome.kind === "config") return outcome;
  const placeOf = ({ path: field }: ConfigProblem): string => {
    // A field that is missing stands nowhere; the nearest one above it does.
    for (let depth = field.length; depth > 0; depth--) {
      const node = document.getIn(field.slice(0, depth), true) as { range?: [number] | null } | undefined;
      if (node?.range) return lineAt(node.range[0]);
    }
    return lineAt(0);
  };
  return {
    kind: "wrong",
    problems: outcome.problems.map((problem) => `${placeOf(problem)}: ${problem.field}: ${problem.message}`),
  };
}
