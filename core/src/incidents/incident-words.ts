import type { Cause } from "../records/index.ts";
import { SETTLED } from "../triage/index.ts";

/** nextSteps returns what to do about an incident, most useful first; of a cause that is not settled how to settle it. O(features). */
export function nextSteps(cause: Cause, features: readonly string[], confidence = 1): string[] {
  const first = features[0];
  const named = features.slice(0, 3).join(", ");
  if (confidence < SETTLED && cause === "concept_drift") {
    return [
      "Check the job that joins labels to predictions: do some labels still belong to the rows they are given to?",
      "Compare estimated and realised performance on the model page",
      "Do not retrain before the cause is known",
    ];
  }
  if (confidence < SETTLED) {
    return [
      `Look at how ${first === undefined ? "the inputs that moved" : named} ${first === undefined ? "are" : "is"} produced: rule out a broken pipeline first`,
      "Then compare performance on rows whose inputs did not move with that of the others",
      "Do not retrain before the cause is known",
    ];
  }
  switch (cause) {
    case "pipeline":
      return [
        first === undefined
          ? "Look at what was deployed upstream of the model, and at the model's own deployment, just before the first failing window"
          : `Look at how ${named} is produced: what changed upstream just before the first failing window?`,
        "Do not retrain on these rows: they would teach the model the fault",
        "Once it is fixed, the incident resolves by itself after the next healthy windows",
      ];
    case "input_drift":
      return [
        first === undefined
          ? "Look at which inputs moved, and when"
          : `Ask whether the change of ${named} is expected (a campaign, a new market, a season)`,
        "Watch the performance chart: predictions for such inputs may still be right",
        "If the change stays and performance suffers, retrain on recent rows and pin a new reference",
      ];
    case "concept_drift":
      return [
        "Compare estimated and realised performance on the model page, and the segments that lost most",
        "Retrain on recent labelled rows, and compare the new version with this one on the same labels before switching",
        "Until then, treat scores as wrong by about the gap shown",
      ];
    case "serving":
      return [
        "Look at the serving page: queue time, replicas, and what was deployed when the budget began to burn",
        "Scale out or roll back the version; the burn rates show within minutes whether it helped",
      ];
    case "labels":
      return [
        "Look at the job that delivers labels: did it run, and does it still use the prediction ids sent here?",
        "Performance verdicts wait until labels come; input drift is still watched",
      ];
    case "volume":
      return [
        "Look at whether callers, routing or sampling changed",
        "If traffic is where it should be, check that the SDK reaches the ingest service (its counters of dropped events)",
      ];
    case "blind":
      return [
        "Read the reason above: it names what failed. The analyzer's log has the same error with its details",
        "Mend or disable the monitor that it names; a missing reference can be uploaded or pinned on the model's settings",
        "Windows that were missed are judged as soon as it works again, and this incident then resolves by itself",
      ];
    default:
      return cause satisfies never;
  }
}
