import type { IdSources } from "../events/prediction-id.ts";
import { isSampled } from "../events/sample-decision.ts";
import type { EventKind, LabelEvent, PredictionEvent, TelemetrySample, Timestamp } from "../events/types.ts";
import { toWireLabel, toWirePrediction, toWireSample } from "../events/wire-event.ts";
import type { ClientSettings } from "./options.ts";
import type { ProblemReporter } from "./problem.ts";
import type { RequestScopes } from "./request-scope.ts";
import type { EventCounts } from "./stats.ts";

/** RecorderDeps are what recording needs; `keep` puts an event into the buffer. */
export interface RecorderDeps {
  readonly settings: ClientSettings;
  readonly counts: Record<EventKind, EventCounts>;
  readonly scopes: RequestScopes;
  readonly nextId: () => string;
  readonly now: IdSources["now"];
  readonly replica: string;
  readonly report: ProblemReporter;
  readonly keep: (kind: EventKind, event: object) => void;
  /** onSampledOut is called when an event was left out, so that the server learns of it. */
  readonly onSampledOut: () => void;
}

/** Recorder turns what the host hands over into wire events; bad arguments are counted and reported, never thrown. */
export interface Recorder {
  predict(event: PredictionEvent): string;
  label(event: LabelEvent): void;
  telemetry(sample: TelemetrySample): void;
}

/** createRecorder returns a recorder for one client. */
export function createRecorder(deps: RecorderDeps): Recorder {
  const { settings, counts, scopes, nextId, now, report, keep } = deps;
  const sampleWeight = 1 / settings.sampleRate;

  function refuse(kind: EventKind, message: string): void {
    counts[kind].invalid++;
    report("invalid_event", message);
  }

  function idOf(event: PredictionEvent): string {
    const scope = scopes.current();
    const given = typeof event?.id === "string" && event.id !== "" ? event.id : undefined;
    const id = given ?? (scope !== undefined && !scope.isTaken ? scope.predictionId : undefined) ?? nextId();
    if (scope !== undefined) {
      scope.predictionId = id;
      scope.isTaken = true;
    }
    return id;
  }

  function leaveOut(kind: EventKind): void {
    counts[kind].sampledOut++;
    deps.onSampledOut();
  }

  return {
    predict(event) {
      counts.predictions.recorded++;
      const id = idOf(event);
      try {
        if (!isRecord(event?.features)) refuse("predictions", "predict: features is not an object");
        else if (!isRecord(event.prediction)) refuse("predictions", "predict: prediction is not an object");
        else if (!isSampled(id, settings.sampleRate)) leaveOut("predictions");
        else {
          const timestamp = event.timestamp === undefined ? now() : toWireTime(event.timestamp);
          keep(
            "predictions",
            toWirePrediction(event, id, timestamp, (event.weight ?? 1) * sampleWeight, settings),
          );
        }
      } catch (error) {
        refuse("predictions", `predict: ${String(error)}`);
      }
      return id;
    },
    label(event) {
      counts.labels.recorded++;
      try {
        const id = event?.predictionId ?? scopes.current()?.predictionId;
        if (typeof id !== "string" || id === "") refuse("labels", "label: predictionId is missing");
        else if (event.label === undefined && event.value === undefined) {
          refuse("labels", "label: label or value is missing");
        } else if (!isSampled(id, settings.sampleRate)) leaveOut("labels");
        else {
          const timestamp = event.timestamp === undefined ? now() : toWireTime(event.timestamp);
          keep("labels", toWireLabel(event, id, timestamp, settings));
        }
      } catch (error) {
        refuse("labels", `label: ${String(error)}`);
      }
    },
    telemetry(sample) {
      counts.samples.recorded++;
      try {
        if (typeof sample?.metric !== "string" || sample.metric === "")
          refuse("samples", "telemetry: metric is missing");
        else {
          const timestamp = sample.timestamp === undefined ? now() : toWireTime(sample.timestamp);
          keep("samples", toWireSample(sample, timestamp, sample.replica ?? deps.replica, settings));
        }
      } catch (error) {
        refuse("samples", `telemetry: ${String(error)}`);
      }
    },
  };
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toWireTime(timestamp: Timestamp): number | string {
  return timestamp instanceof Date ? timestamp.getTime() : timestamp;
}
