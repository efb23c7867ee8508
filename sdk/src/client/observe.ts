import type { FeatureValue, PredictionEvent, PredictionOutput } from "../events/types.ts";

/** ObserveDeps are what observing a model call needs. */
export interface ObserveDeps {
  readonly predict: (event: PredictionEvent) => string;
  readonly monotonicMs: () => number;
}

/**
 * observeCall calls the model and records its answer, latency and error. The answer (or error) is passed on unchanged, also
 * when `toPrediction` fails on it.
 */
export async function observeCall<T>(
  deps: ObserveDeps,
  features: Readonly<Record<string, FeatureValue>>,
  model: () => T | Promise<T>,
  toPrediction: (answer: T) => PredictionOutput,
): Promise<T> {
  const startedAt = deps.monotonicMs();
  const latencyMs = (): number => Math.round((deps.monotonicMs() - startedAt) * 1000) / 1000;
  let answer: T;
  try {
    answer = await model();
  } catch (error) {
    deps.predict({ features, prediction: {}, latencyMs: latencyMs(), error: String(error) });
    throw error;
  }
  const elapsed = latencyMs();
  deps.predict({ features, prediction: predictionOf(answer, toPrediction), latencyMs: elapsed });
  return answer;
}

function predictionOf<T>(answer: T, toPrediction: (answer: T) => PredictionOutput): PredictionOutput {
  try {
    return toPrediction(answer);
  } catch (error) {
    // A getter that throws reaches `predict`, which counts and reports it as an invalid event.
    return {
      get label(): never {
        throw error;
      },
    };
  }
}

/** pickPrediction returns the parts of a model's answer that are a prediction, and leaves out what else it carries. */
export function pickPrediction(answer: PredictionOutput): PredictionOutput {
  const { label, score, scores, value } = answer;
  return {
    ...(label === undefined ? {} : { label }),
    ...(score === undefined ? {} : { score }),
    ...(scores === undefined ? {} : { scores }),
    ...(value === undefined ? {} : { value }),
  };
}
