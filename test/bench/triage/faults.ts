import type { RandomSource } from "@leeway/core/random";
import type { Cause } from "@leeway/core/records";
import type { Columns } from "./columns.ts";

/** Fault is something that is planted in a stream, with what a notification should say of it. */
export interface Fault {
  name: string;
  cause: Cause;
  /** Columns that it touches; one of them has to be first to blame. Empty where no column is to blame. */
  features: readonly string[];
  /** What is sent instead of what happened: the world stays, the pipeline breaks. */
  breakColumns?: (columns: Columns, random: RandomSource) => Columns;
  /** What happens otherwise in the world: inputs move, and outcomes with them. */
  moveWorld?: (columns: Columns, random: RandomSource) => Columns;
  /** Log odds of the outcome, where the relation changes. */
  changeRelation?: (logOdds: number, columns: Columns, row: number) => number;
  /** What arrives instead of the true labels. */
  breakLabels?: (labels: number[], random: RandomSource) => number[];
}

type Value = number | string | null;

const on =
  (feature: string, change: (value: Value, random: RandomSource) => Value) =>
  (columns: Columns, random: RandomSource): Columns =>
    columns[feature] === undefined
      ? columns
      : { ...columns, [feature]: columns[feature].map((value) => change(value, random)) };

const number = (change: (x: number) => number) => (value: Value) =>
  typeof value === "number" ? change(value) : value;

const sometimes =
  (share: number, instead: Value) =>
  (value: Value, random: RandomSource): Value =>
    random() < share ? instead : value;

const pipeline = (
  name: string,
  feature: string,
  change: (value: Value, random: RandomSource) => Value,
): Fault => ({ name, cause: "pipeline", features: [feature], breakColumns: on(feature, change) });

const swap = (name: string, a: string, b: string): Fault => ({
  name,
  cause: "pipeline",
  features: [a, b],
  breakColumns: (columns) =>
    columns[a] === undefined || columns[b] === undefined
      ? columns
      : { ...columns, [a]: columns[b], [b]: columns[a] },
});

/** FAULTS are planted one at a time; one whose column a world lacks is left out there. */
export const FAULTS: Fault[] = [
  pipeline(
    "°F for °C",
    "temperature",
    number((x) => 1.8 * x + 32),
  ),
  pipeline(
    "pressure × 100",
    "pressure",
    number((x) => 100 * x),
  ),
  pipeline(
    "years in months (× 12)",
    "tenure",
    number((x) => 12 * x),
  ),
  pipeline(
    "m/s in km/h (× 3.6)",
    "wind",
    number((x) => 3.6 * x),
  ),
  pipeline(
    "dollars in cents (× 100)",
    "amount",
    number((x) => 100 * x),
  ),
  pipeline(
    "share for percent (÷ 100)",
    "load",
    number((x) => x / 100),
  ),
  pipeline("frozen", "pressure", () => 1_009.3),
  pipeline("a quarter zeros", "temperature", sometimes(0.25, 0)),
  pipeline("a quarter −1", "amount", sometimes(0.25, -1)),
  pipeline("a tenth missing", "amount", sometimes(0.1, null)),
  pipeline(
    "clipped",
    "load",
    number((x) => Math.min(x, 55)),
  ),
  pipeline(
    "rounded to tens",
    "temperature",
    number((x) => 10 * Math.round(x / 10)),
  ),
  pipeline(
    "sign flipped",
    "pressure",
    number((x) => -x),
  ),
  pipeline("numbers sent as text", "tenure", (value) => String(value)),
  pipeline("country in capitals", "country", (value) => String(value).toUpperCase()),
  pipeline("channel as codes", "channel", (value) => `C-${String(value).length}`),
  pipeline("country always one", "country", () => "France"),
  swap("numbers swapped", "temperature", "load"),
  swap("categories swapped", "country", "channel"),
  swap("origin and destination swapped", "origin", "destination"),
  pipeline(
    "hour + 8, past midnight",
    "hour",
    number((x) => x + 8),
  ),
  {
    name: "offset of three σ",
    cause: "input_drift",
    features: ["temperature"],
    moveWorld: on(
      "temperature",
      number((x) => x + 36),
    ),
  },
  {
    name: "two inputs move (0.8 σ)",
    cause: "input_drift",
    features: ["temperature", "amount"],
    moveWorld: (columns, random) =>
      on(
        "temperature",
        number((x) => x + 7),
      )(
        on(
          "amount",
          number((x) => 1.9 * x),
        )(columns, random),
        random,
      ),
  },
  {
    name: "base rate rises",
    cause: "concept_drift",
    features: [],
    changeRelation: (logOdds) => logOdds + 1,
  },
  {
    name: "relation weakens and turns",
    cause: "concept_drift",
    features: [],
    changeRelation: (logOdds) => -0.2 * logOdds,
  },
  {
    name: "labels of other rows",
    cause: "labels",
    features: [],
    breakLabels: (labels, random) => {
      const shift = 1 + Math.floor(random() * (labels.length - 1));
      return labels.map((_, row) => labels[(row + shift) % labels.length]!);
    },
  },
  {
    name: "classes flipped",
    cause: "labels",
    features: [],
    breakLabels: (labels) => labels.map((y) => 1 - y),
  },
];
