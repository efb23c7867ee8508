import type { AgentSource } from "../agent-source.ts";

/** NVIDIA_SMI_SOURCE is how the GPUs of the agent's own machine are read. */
export const NVIDIA_SMI_SOURCE = { source: "nvidia-smi", reads: "nvidia-smi" } as const satisfies AgentSource;
