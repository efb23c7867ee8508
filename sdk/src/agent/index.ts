export type { Agent, Notice, QuantityNotice, TargetStats, Unassigned } from "./agent.ts";
export { type StartAgentOptions, startAgent } from "./start-agent.ts";
