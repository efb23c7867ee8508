import type { InputProblem } from "@leeway/core/errors";

/** DeclaringContext is what a declaration is read with. */
export interface DeclaringContext {
  now: number;
  actor: string;
  /** A signing secret for a channel that was given none. */
  newSecret: () => string;
  /** Names that a monitor or silence may refer to: what is stored, and what is declared beside it. */
  channels: readonly { id: string; name: string }[];
  models: readonly string[];
}

/** Wanted is the record that a declaration asks for, nothing where it asks for none any more, or what is wrong with it. */
export type Wanted<Stored> =
  | { outcome: "wanted"; record: Stored }
  | { outcome: "nothing" }
  | { outcome: "wrong"; problems: InputProblem[] };

/** DeclaredKind is all that differs between what can be declared. */
export interface DeclaredKind<Declared, Stored> {
  /** The kind of its record in the store. */
  record: "model" | "channel" | "monitor" | "silence";
  wanted(
    id: string,
    declared: Declared,
    stored: Stored | undefined,
    context: DeclaringContext,
  ): Wanted<Stored>;
  /** What a file says to have exactly this record. */
  declare(stored: Stored): Record<string, unknown>;
  /** Whether a person made it, so that it is exported, and pruned where no file declares it. */
  isDeclarable(stored: Stored, now: number): boolean;
  /** The record once it is pruned: gone, or as it stays; absent where nothing of the kind is ever pruned. */
  prune?(stored: Stored, now: number): Stored | "removed";
  /** Fields whose value nobody may read. */
  secretsOf(stored: Stored): readonly string[];
}
