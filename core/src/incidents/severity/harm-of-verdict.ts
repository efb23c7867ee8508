import {
  driftWindowSchema,
  type Evaluation,
  type Harm,
  type Loss,
  type PerformanceWindow,
  performanceWindowSchema,
  sloWindowSchema,
} from "../../evaluation/index.ts";

// One number each that says how wrong the answers are, in every task; the first that is worse than the reference is the one to name.
const LOWER_IS_BETTER = ["log_loss", "brier", "mae", "rmse"] as const;
const HIGHER_IS_BETTER = ["accuracy", "roc_auc"] as const;

/**
 * harmOfVerdict returns what a failing window did, as far as its own verdict knows, and the verdicts on performance of the same model version and span: the loss that was
 * realised, else the one that was estimated, whether the output moved, which burn-rate rule fires, and whether no request came. O(metrics).
 */
export function harmOfVerdict(
  verdict: Pick<Evaluation, "kind" | "outcome" | "detail">,
  performance: readonly Pick<Evaluation, "detail">[] = [],
): Harm | undefined {
  if (verdict.outcome !== "alarm") return undefined;
  const harm = { ...ownHarm(verdict), ...lossOf([verdict, ...performance]) };
  return Object.keys(harm).length === 0 ? undefined : harm;
}

function ownHarm({ kind, detail }: Pick<Evaluation, "kind" | "detail">): Harm {
  switch (kind) {
    case "drift": {
      const window = driftWindowSchema.pick({ prediction: true }).safeParse(detail);
      const drifted = window.data?.prediction?.drifted;
      return drifted === undefined ? {} : { output: drifted };
    }
    case "latency_slo": {
      const firing = sloWindowSchema.safeParse(detail).data?.firing;
      return firing === undefined ? {} : { burn: firing.severity };
    }
    case "volume":
      return { isSilent: detail["count"] === 0 };
    case "performance":
    case "labels":
      return {};
    default:
      return kind satisfies never;
  }
}

function lossOf(verdicts: readonly Pick<Evaluation, "detail">[]): Harm {
  const windows = verdicts.flatMap(({ detail }) => performanceWindowSchema.safeParse(detail).data ?? []);
  const measured = windows.flatMap((window) => measuredLoss(window) ?? []);
  if (measured.length === 0) return {};
  return { loss: measured.map(({ loss }) => loss).find((loss) => loss !== null) ?? null };
}

// What was realised is worth more than what was estimated of the same window.
function measuredLoss(window: PerformanceWindow): { loss: Loss | null } | undefined {
  const realised = window.mature ? lossIn(window.metrics, window.metrics, "realised") : undefined;
  return realised ?? lossIn(window.estimated ?? {}, window.metrics, "estimated");
}

function lossIn(
  metrics: PerformanceWindow["metrics"],
  beside: PerformanceWindow["metrics"],
  basis: Loss["basis"],
): { loss: Loss | null } | undefined {
  const losses = [...LOWER_IS_BETTER, ...HIGHER_IS_BETTER].flatMap((metric) => {
    const { value, ci_low: low, ci_high: high } = metrics[metric] ?? {};
    const reference = metrics[metric]?.reference ?? beside[metric]?.reference;
    if (value == null || low == null || high == null || reference == null) return [];
    return [{ basis, metric, value, low, high, reference }];
  });
  if (losses.length === 0) return undefined;
  return { loss: losses.find(isWorse) ?? null };
}

function isWorse({ metric, low, high, reference }: Loss): boolean {
  return LOWER_IS_BETTER.some((name) => name === metric) ? low > reference : high < reference;
}
