import type { AssignRule } from "../scraping/mapping/assign.ts";
import type { AgentConfig } from "../scraping/targets/agent-config.ts";

/** rulesOf returns the configured rules in their order. O(rules). */
export function rulesOf({ assign }: Pick<AgentConfig, "assign">): AssignRule[] {
  return assign.map(({ when, ...given }) => ({ ...given, when: new Map(Object.entries(when)) }));
}
