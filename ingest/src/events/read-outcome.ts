/** The closed set of reasons why one event of a batch is refused, with what a sender should make of each. */
export const REJECTION_CODES = {
  invalid_event: "The event does not fit the schema; the message names the field.",
  invalid_feature: "A feature's name or value can't be stored; the message names it.",
  too_many_features: "More than 2,000 features.",
  timestamp_out_of_range: "The timestamp is unreadable, before 2000, or more than two days ahead.",
  share_out_of_range: "A share (a utilisation, a percentage) lies outside what a share can be.",
  too_deep: "A field nests too deep.",
  conflict: "The id was used before with another payload; the first one stands.",
} as const;

export type RejectionCode = keyof typeof REJECTION_CODES;

/** Refusal is why one event was not taken. */
export class Refusal {
  readonly code: RejectionCode;
  readonly message: string;

  constructor(code: RejectionCode, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** ReadOutcome is an event that passed its checks, or why it did not. */
export type ReadOutcome<E> = E | Refusal;

/** NoteUnknown learns of the members of an accepted event that its schema does not know. */
export type NoteUnknown = (model: string, names: readonly string[]) => void;

/** EventReader checks one parsed event and brings it into the form that is stored. */
export type EventReader<E> = (value: unknown, now: number, noteUnknown?: NoteUnknown) => ReadOutcome<E>;
