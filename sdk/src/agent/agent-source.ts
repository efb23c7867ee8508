import type { SourceName } from "@leeway/core/quantities";

/** AgentSource says how the agent reads one kind of source: where its metrics are by default, or that a command is run. */
export type AgentSource<Name extends SourceName = SourceName> = { readonly source: Name } & (
  | { readonly reads: "http"; readonly port: number; readonly path: string }
  | { readonly reads: "nvidia-smi" }
);
