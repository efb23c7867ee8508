/** RefusedEvent counts events of one kind that were not taken for one reason within one minute. */
export interface RefusedEvent {
  project: string;
  /** Empty where the event did not even name its model. */
  model: string;
  kind: string;
  code: string;
  /** Epoch milliseconds. */
  minute: number;
  events: number;
  example: string;
}

const MINUTE_MS = 60_000;
const EXAMPLE_CHARACTERS = 300;

/** RefusedEvents collects what was refused until it is saved. Bounded: past the limit, new reasons are pooled under no model. */
export class RefusedEvents {
  private refused = new Map<string, RefusedEvent>();
  private readonly limit: number;

  constructor(limit = 10_000) {
    this.limit = limit;
  }

  note(event: Omit<RefusedEvent, "minute" | "events">, at: number): void {
    const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const model = this.refused.size < this.limit ? event.model : "";
    const key = JSON.stringify([event.project, model, event.kind, event.code, minute]);
    const example = event.example.slice(0, EXAMPLE_CHARACTERS);
    const known = this.refused.get(key);
    if (known === undefined) this.refused.set(key, { ...event, model, minute, events: 1, example });
    else {
      known.events++;
      known.example = example;
    }
  }

  /** drain returns what was refused since the last drain. */
  drain(): RefusedEvent[] {
    const refused = [...this.refused.values()];
    this.refused = new Map();
    return refused;
  }
}
