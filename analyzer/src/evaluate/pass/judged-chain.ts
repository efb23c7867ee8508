import type { Monitor } from "@leeway/core/records";
import type { Assessment } from "../chain/assess-chain.ts";
import type { VersionTraffic } from "../model-store/model-store.ts";
import type { ChainLook } from "./pass-context.ts";

/** JudgedChain is what a pass made of one monitor on one version. */
export interface JudgedChain {
  monitor: Monitor;
  traffic: VersionTraffic;
  assessments: Assessment[];
  /** Real time up to which late rows of the whole chain are reflected in its verdicts; absent of windows asked for by hand and after a failure. */
  settledAt?: number;
  /** What the next pass is to remember, by name. */
  remember: { chain: string; look: ChainLook }[];
  /** Whether what was touched was left for a later look. */
  isPutOff?: boolean;
  /** Why the chain could not be judged to its end. */
  failure?: { error: unknown };
}
