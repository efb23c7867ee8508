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
const NAME_CHARACTERS = 128;
/** Names of unknown members that are counted apart for one model and kind of event, between two savings. */
const NAMES_PER_MODEL = 100;

/** UNKNOWN_MEMBER begins the code under which members are counted that no schema knows; the member's name follows. */
export const UNKNOWN_MEMBER = "unknown_member:";

/** RefusedEvents collects what was refused until it is saved. Bounded: past the limit, new reasons are pooled under no model. */
export class RefusedEvents {
  private refused = new Map<string, RefusedEvent>();
  private names = new Map<string, Set<string>>();
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

  /** noteUnknown counts a member that an event had and its schema does not know. Bounded: past the limit, names are pooled under none. */
  noteUnknown(
    { name, ...event }: { project: string; model: string; kind: string; name: string },
    at: number,
  ): void {
    const scope = JSON.stringify([event.project, event.model, event.kind]);
    const names = this.names.get(scope) ?? new Set();
    this.names.set(scope, names);
    const short = name.slice(0, NAME_CHARACTERS);
    const isNamed = names.has(short) || (names.size < NAMES_PER_MODEL && this.refused.size < this.limit);
    if (isNamed) names.add(short);
    this.note({ ...event, code: UNKNOWN_MEMBER + (isNamed ? short : ""), example: short }, at);
  }

  /** drain returns what was refused since the last drain. */
  drain(): RefusedEvent[] {
    const refused = [...this.refused.values()];
    this.refused = new Map();
    this.names = new Map();
    return refused;
  }
}
