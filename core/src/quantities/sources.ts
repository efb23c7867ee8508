import { DCGM_METRICS } from "./dcgm/dcgm-metrics.ts";
import { GEN_AI_METRICS } from "./gen-ai/gen-ai-metrics.ts";
import { KSERVE_METRICS } from "./kserve/kserve-metrics.ts";
import { LITELLM_METRICS } from "./litellm/litellm-metrics.ts";
import { NVIDIA_SMI_METRICS } from "./nvidia-smi/nvidia-smi-metrics.ts";
import { OPENLIT_GPU_METRICS } from "./openlit-gpu/openlit-gpu-metrics.ts";
import { RAY_SERVE_METRICS } from "./ray-serve/ray-serve-metrics.ts";
import { SGLANG_METRICS } from "./sglang/sglang-metrics.ts";
import type { SourceMetrics } from "./source-metrics.ts";
import { TENSORRT_LLM_METRICS } from "./tensorrt-llm/tensorrt-llm-metrics.ts";
import { TGI_METRICS } from "./tgi/tgi-metrics.ts";
import { TORCHSERVE_METRICS } from "./torchserve/torchserve-metrics.ts";
import { TRITON_METRICS } from "./triton/triton-metrics.ts";
import { VLLM_METRICS } from "./vllm/vllm-metrics.ts";

/** SOURCES is the registry of the engines and exporters whose metrics are known: the agent and its targets follow from it. */
export const SOURCES = registry({
  vllm: VLLM_METRICS,
  sglang: SGLANG_METRICS,
  tgi: TGI_METRICS,
  triton: TRITON_METRICS,
  "tensorrt-llm": TENSORRT_LLM_METRICS,
  torchserve: TORCHSERVE_METRICS,
  "ray-serve": RAY_SERVE_METRICS,
  kserve: KSERVE_METRICS,
  litellm: LITELLM_METRICS,
  "gen-ai": GEN_AI_METRICS,
  dcgm: DCGM_METRICS,
  "openlit-gpu": OPENLIT_GPU_METRICS,
  "nvidia-smi": NVIDIA_SMI_METRICS,
});

/** SourceName is the name of a source that is known. */
export type SourceName = keyof typeof SOURCES;

// A source entered under another source's name does not compile.
function registry<Sources extends { [Name in keyof Sources]: SourceMetrics & { source: Name } }>(
  sources: Sources,
): Sources {
  return sources;
}
