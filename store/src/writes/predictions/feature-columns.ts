import { featureText } from "@leeway/core/spelling";
import { FEATURE_LIMIT, FEATURE_TEXT_LIMIT, TEXT_PATTERNS } from "@leeway/core/wire";
import type { FeatureSightings } from "../evidence/feature-sightings.ts";
import { VALUE_KINDS } from "../evidence/feature-sightings.ts";
import { MapColumn } from "../native/map-column.ts";
import { booleanValues, float64Values, textValues } from "../native/map-values.ts";
import { NameListColumn } from "../native/name-list-column.ts";

import { createNameTable, type Name } from "./name-table.ts";
import { type PayloadHash, VALUE_TAGS } from "./payload-hash.ts";
import type { PredictionShape } from "./prediction-shape.ts";
import type { Scope } from "./scope.ts";
import { type ShapedPredictions, SLOT_TAGS } from "./shaped-predictions.ts";

const NUMBER = 0;
const STRING = 1;
const BOOLEAN = 2;
const NULL = 3;

/** Why one prediction was refused: `path` names the field. */
export interface FeatureProblem {
  code: "invalid_feature" | "too_many_features";
  path: string;
  message: string;
}

// Part of Node 20, but not yet of the types of ES2023.
const isWellFormed = (text: string): boolean => (text as string & { isWellFormed(): boolean }).isWellFormed();

/** FeatureColumns are the four columns that hold features, by kind of value; each feature is checked, hashed and written in one pass. */
export class FeatureColumns {
  readonly numbers = new MapColumn("numbers", float64Values());
  private readonly texts = textValues();
  readonly strings = new MapColumn("strings", this.texts);
  readonly booleans = new MapColumn("booleans", booleanValues());
  readonly nulls = new NameListColumn("nulls");
  private readonly nameOf = createNameTable();
  private readonly dictionaries = [
    this.numbers.keys,
    this.strings.keys,
    this.booleans.keys,
    this.nulls.keys,
  ] as const;
  private readonly sightings: FeatureSightings;
  // The names of the row before, in its order: a model's rows have the same features in the same order, which saves looking each up.
  private readonly lastNames: Name[] = [];
  // Likewise of the predictions of the shape appended last.
  private shape: PredictionShape | undefined;
  private shapeNames: Name[] = [];
  private filling = 1;

  constructor(sightings: FeatureSightings) {
    this.sightings = sightings;
  }

  /** append adds one prediction's features, or returns why they can't be stored (the caller then rewinds). */
  append(
    features: Readonly<Record<string, unknown>>,
    hash: PayloadHash,
    scope: Scope,
    timestamp: number,
  ): FeatureProblem | undefined {
    let count = 0;
    for (const key in features) {
      if (count === FEATURE_LIMIT) {
        const message = `at most ${FEATURE_LIMIT} features`;
        return { code: "too_many_features", path: "features", message };
      }
      let name = this.lastNames[count];
      if (name?.text !== key) {
        name = this.nameOf(key);
        this.lastNames[count] = name;
      }
      count++;
      if (name.problem !== undefined) return problem(key, name.problem);
      const value = features[key];
      let kind: number;
      if (typeof value === "number") {
        if (!Number.isFinite(value)) return problem(key, "must be a finite number");
        kind = NUMBER;
        this.numbers.put(this.index(name, kind), value);
        hash.memberNumber(name.hashLow, name.hashHigh, value);
      } else if (typeof value === "string") {
        if (value.length > FEATURE_TEXT_LIMIT)
          return problem(key, `at most ${FEATURE_TEXT_LIMIT} characters`);
        if (!isWellFormed(value)) return problem(key, TEXT_PATTERNS.any.message);
        const text = featureText(value);
        if (text === null) {
          kind = NULL;
          this.nulls.put(this.index(name, kind));
          hash.memberFlag(name.hashLow, name.hashHigh, VALUE_TAGS.null, 0);
        } else {
          kind = STRING;
          this.strings.put(this.index(name, kind), text);
          hash.memberText(name.hashLow, name.hashHigh, text);
        }
      } else if (typeof value === "boolean") {
        kind = BOOLEAN;
        this.booleans.put(this.index(name, kind), value ? 1 : 0);
        hash.memberFlag(name.hashLow, name.hashHigh, VALUE_TAGS.boolean, value ? 1 : 0);
      } else if (value === null) {
        kind = NULL;
        this.nulls.put(this.index(name, kind));
        hash.memberFlag(name.hashLow, name.hashHigh, VALUE_TAGS.null, 0);
      } else {
        return problem(key, "must be a number, a string, a boolean or null");
      }
      this.note(name, scope, kind, timestamp);
    }
    this.endRow();
    return undefined;
  }

  /** appendShaped adds the features of one row of `all`, whose names and values are known to be storable; it leaves what `append` would leave. */
  appendShaped(
    all: ShapedPredictions,
    row: number,
    hash: PayloadHash,
    scope: Scope,
    timestamp: number,
  ): void {
    const { shape, bytes, numbers, tags } = all;
    const { features, slots } = shape.parts;
    if (this.shape !== shape) {
      this.shape = shape;
      this.shapeNames = features.map(({ name }) => this.nameOf(name));
    }
    const base = row * slots;
    for (let at = 0; at < features.length; at++) {
      const name = this.shapeNames[at] as Name;
      const slot = base + (features[at] as { slot: number }).slot;
      const tag = tags[slot] as number;
      const value = numbers[slot] as number;
      let kind: number;
      if (tag === SLOT_TAGS.number) {
        kind = NUMBER;
        this.numbers.put(this.index(name, kind), value);
        hash.memberNumber(name.hashLow, name.hashHigh, value);
      } else if (tag >= 0) {
        kind = STRING;
        this.strings.putKey(this.index(name, kind));
        this.texts.pushBytes(bytes, value, tag);
        hash.memberBytes(name.hashLow, name.hashHigh, bytes, value, tag);
      } else if (tag === SLOT_TAGS.null) {
        kind = NULL;
        this.nulls.put(this.index(name, kind));
        hash.memberFlag(name.hashLow, name.hashHigh, VALUE_TAGS.null, 0);
      } else {
        kind = BOOLEAN;
        const flag = tag === SLOT_TAGS.true ? 1 : 0;
        this.booleans.put(this.index(name, kind), flag);
        hash.memberFlag(name.hashLow, name.hashHigh, VALUE_TAGS.boolean, flag);
      }
      this.note(name, scope, kind, timestamp);
    }
    this.endRow();
  }

  /** clear empties the columns; features are then seen anew, so that the time they were last seen moves on. */
  clear(): void {
    for (const column of [this.numbers, this.strings, this.booleans, this.nulls]) column.clear();
    this.filling++;
  }

  private endRow(): void {
    this.numbers.endRow();
    this.strings.endRow();
    this.booleans.endRow();
    this.nulls.endRow();
  }

  private note(name: Name, scope: Scope, kind: number, timestamp: number): void {
    const isSeen =
      name.seenScope === scope && name.seenFilling === this.filling && (name.seenKinds & (1 << kind)) !== 0;
    if (!isSeen) this.see(name, scope, kind, timestamp);
  }

  private index(name: Name, kind: number): number {
    const dictionary = this.dictionaries[kind] as (typeof this.dictionaries)[number];
    if (name.generations[kind] === dictionary.generation) return name.indexes[kind] as number;
    const index = dictionary.indexOf(name.text);
    name.indexes[kind] = index;
    name.generations[kind] = dictionary.generation;
    return index;
  }

  private see(name: Name, scope: Scope, kind: number, timestamp: number): void {
    if (name.seenScope !== scope || name.seenFilling !== this.filling) {
      name.seenScope = scope;
      name.seenFilling = this.filling;
      name.seenKinds = 0;
    }
    name.seenKinds |= 1 << kind;
    this.sightings.see(scope, name.text, VALUE_KINDS[kind] as (typeof VALUE_KINDS)[number], timestamp);
  }
}

function problem(feature: string, message: string): FeatureProblem {
  return { code: "invalid_feature", path: `features.${feature.slice(0, 128)}`, message };
}
