import type { SourceName } from "@leeway/core/quantities";
import type { AgentSource } from "./agent-source.ts";
import { DCGM_SOURCE } from "./dcgm/dcgm-source.ts";
import { GEN_AI_SOURCE } from "./gen-ai/gen-ai-source.ts";
import { KSERVE_SOURCE } from "./kserve/kserve-source.ts";
import { LITELLM_SOURCE } from "./litellm/litellm-source.ts";
import { NVIDIA_SMI_SOURCE } from "./nvidia-smi/nvidia-smi-source.ts";
import { OPENLIT_GPU_SOURCE } from "./openlit-gpu/openlit-gpu-source.ts";
import { RAY_SERVE_SOURCE } from "./ray-serve/ray-serve-source.ts";
import { SGLANG_SOURCE } from "./sglang/sglang-source.ts";
import { TENSORRT_LLM_SOURCE } from "./tensorrt-llm/tensorrt-llm-source.ts";
import { TGI_SOURCE } from "./tgi/tgi-source.ts";
import { TORCHSERVE_SOURCE } from "./torchserve/torchserve-source.ts";
import { TRITON_SOURCE } from "./triton/triton-source.ts";
import { VLLM_SOURCE } from "./vllm/vllm-source.ts";

/** AGENT_SOURCES is the registry of what the agent can read; it has every source whose metrics are known. */
export const AGENT_SOURCES: { readonly [Name in SourceName]: AgentSource<Name> } = {
  vllm: VLLM_SOURCE,
  sglang: SGLANG_SOURCE,
  tgi: TGI_SOURCE,
  triton: TRITON_SOURCE,
  "tensorrt-llm": TENSORRT_LLM_SOURCE,
  torchserve: TORCHSERVE_SOURCE,
  "ray-serve": RAY_SERVE_SOURCE,
  kserve: KSERVE_SOURCE,
  litellm: LITELLM_SOURCE,
  "gen-ai": GEN_AI_SOURCE,
  dcgm: DCGM_SOURCE,
  "openlit-gpu": OPENLIT_GPU_SOURCE,
  "nvidia-smi": NVIDIA_SMI_SOURCE,
};
