import { LeewayError } from "@leeway/core/errors";
import { identifierSchema } from "@leeway/core/wire";

/** EventEnvelope is a JSON batch before its events are looked at. */
export interface EventEnvelope {
  batchId: string | undefined;
  events: readonly unknown[];
}

/** readEnvelope returns the events of a batch document, or throws `invalid_request` that names the field. */
export function readEnvelope(document: unknown, field: string): EventEnvelope {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw invalid(field, `expected an object with ${field}`);
  }
  const events: unknown = (document as Record<string, unknown>)[field];
  if (!Array.isArray(events)) throw invalid(field, "expected a list of events");
  return { batchId: readBatchId((document as Record<string, unknown>)["batch_id"]), events };
}

/** checkEventCount throws `payload_too_large`, which names the field, where a batch holds more than `maxEvents` events. */
export function checkEventCount({ events }: EventEnvelope, field: string, maxEvents: number): void {
  if (events.length <= maxEvents) return;
  const message = `a batch holds at most ${maxEvents} events, this one ${events.length}`;
  throw new LeewayError("payload_too_large", `${field}: ${message}`, {
    problems: [{ path: field, message }],
  });
}

/** readBatchId returns the batch id a caller gave, or throws `invalid_request`. */
export function readBatchId(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const parsed = identifierSchema.safeParse(value);
  if (!parsed.success) throw invalid("batch_id", "expected 1 to 256 characters, no control characters");
  return parsed.data;
}

function invalid(path: string, message: string): LeewayError {
  return new LeewayError("invalid_request", `${path}: ${message}`, { problems: [{ path, message }] });
}
