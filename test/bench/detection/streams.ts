import type { Rows } from "@leeway/core/profile";
import { drawNormal, type RandomSource } from "@leeway/core/random";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Stream draws the rows of one window after the other; it holds its own slow state (levels that wander), so windows come in order. */
export interface Stream {
  name: string;
  windowMs: number;
  referenceWindows: number;
  features: number;
  /** Starts a fresh realisation of the stream. */
  start(random: RandomSource): (windowIndex: number) => Record<string, (number | string | null)[]>;
}

/** Marginal draws one value of a numeric feature from a standard normal one. */
type Marginal = (z: number, random: RandomSource) => number;

const CATEGORIES = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];
// Shares of the categories: a few common ones, a tail of rare ones.
const SHARES = [0.38, 0.24, 0.15, 0.1, 0.07, 0.04, 0.015, 0.005];

/** MARGINALS are the shapes of the numeric features: normal, log-normal, whole numbers, mostly zero, bounded. */
export const MARGINALS: Marginal[] = [
  (z) => z,
  (z) => Math.exp(0.8 * z),
  (z) => Math.round(40 + 12 * z),
  (z) => (z < 0.4 ? 0 : z * 10),
  (z) => 1 / (1 + Math.exp(-1.5 * z)),
];

const HEAVY: Marginal[] = [
  (z) => Math.exp(2 * z),
  // Student's t with two degrees of freedom.
  (z, random) => z / Math.sqrt(-Math.log(1 - random())),
  (_, random) => (1 - random()) ** -0.7,
  (z) => (z > 1.2 ? Math.exp(3 * z) : 0),
  (z) => z ** 5,
];

/** Level returns how far the level of feature `index` lies from its mean in a window, in standard deviations. */
type Level = (index: number, windowIndex: number) => number;

interface Shape {
  rows: number;
  features: number;
  marginals: Marginal[];
  createLevel(random: RandomSource): Level;
}

/** createStream returns a stream of windows that are alike but for the levels of their features. */
export function createStream(
  name: string,
  options: Shape & { windowMs: number; referenceWindows: number },
): Stream {
  const { rows, features, marginals, createLevel, windowMs, referenceWindows } = options;
  return {
    name,
    windowMs,
    referenceWindows,
    features,
    start(random) {
      const level = createLevel(random);
      return (windowIndex) => drawWindow({ rows, features, marginals }, level, windowIndex, random);
    },
  };
}

function drawWindow(
  shape: Omit<Shape, "createLevel">,
  level: Level,
  windowIndex: number,
  random: RandomSource,
): Record<string, (number | string | null)[]> {
  const columns: Record<string, (number | string | null)[]> = {};
  for (let index = 0; index < shape.features; index++) {
    const shift = level(index, windowIndex);
    const column: (number | string | null)[] = new Array(shape.rows);
    const isCategory = index % 3 === 2;
    const marginal = shape.marginals[index % shape.marginals.length]!;
    // Every fourth feature misses 2 % of its values.
    const missing = index % 4 === 3 ? 0.02 : 0;
    for (let row = 0; row < shape.rows; row++) {
      const z = drawNormal(random) + shift;
      column[row] =
        missing > 0 && random() < missing ? null : isCategory ? categoryAt(z) : marginal(z, random);
    }
    columns[`feature_${index}`] = column;
  }
  return columns;
}

// Categories are cut from a normal number too, so that a level that wanders moves their shares.
const CUTS = SHARES.map((_, index) =>
  probit(SHARES.slice(0, index + 1).reduce((sum, share) => sum + share, 0)),
);

function categoryAt(z: number): string {
  const index = CUTS.findIndex((cut) => z < cut);
  return CATEGORIES[index < 0 ? CATEGORIES.length - 1 : index]!;
}

// Odeh & Evans' rational approximation; 1e-4 is plenty for cutting categories.
function probit(p: number): number {
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return p < 0.5 ? -z : z;
}

/** still keeps every level where it is. */
export const still = (): Level => () => 0;

/** wandering moves each level as a first-order autoregression with that correlation and standard deviation. */
export function wandering(correlation: number, deviation: number) {
  return (random: RandomSource): Level => {
    const levels: number[] = [];
    const windows: number[] = [];
    return (index, windowIndex) => {
      if (windows[index] !== windowIndex) {
        const before = levels[index];
        const innovation = drawNormal(random) * deviation;
        levels[index] =
          before === undefined
            ? innovation
            : correlation * before + Math.sqrt(1 - correlation ** 2) * innovation;
        windows[index] = windowIndex;
      }
      return levels[index]!;
    };
  };
}

/** wanderingFar moves the first ten features by 3 to 8 standard deviations (correlation 0.7 to 0.9) and leaves the others where they are. */
export const wanderingFar = (random: RandomSource): Level => {
  const levels = Array.from({ length: 10 }, (_, index) =>
    wandering([0.7, 0.8, 0.9][index % 3]!, [3, 5, 8][Math.floor(index / 3) % 3]!)(random),
  );
  return (index, windowIndex) => levels[index]?.(index, windowIndex) ?? 0;
};

// Each feature has its own phase; weekends are quieter.
function rhythm(): Level {
  return (index, windowIndex) => {
    const weekday = Math.floor(windowIndex / 24) % 7;
    const day = Math.sin((2 * Math.PI * (windowIndex + 5 * index)) / 24);
    return 0.8 * day * (weekday >= 5 ? 0.5 : 1);
  };
}

/** baseStream is the plain stream the planted drifts are planted in: 25 features, 500 rows an hour, nothing moves. */
export const baseStream = createStream("resampled reference", {
  rows: 500,
  features: 25,
  marginals: MARGINALS,
  createLevel: still,
  windowMs: HOUR_MS,
  referenceWindows: 7 * 24,
});

/** NULL_STREAMS are the streams in which nothing happens that anybody should be notified about. */
export const NULL_STREAMS: Stream[] = [
  baseStream,
  createStream("daily and weekly rhythm", {
    rows: 500,
    features: 25,
    marginals: MARGINALS,
    createLevel: rhythm,
    windowMs: HOUR_MS,
    referenceWindows: 28 * 24,
  }),
  createStream("autocorrelated, hourly (φ 0.9, 0.15 σ)", {
    rows: 500,
    features: 25,
    marginals: MARGINALS,
    createLevel: wandering(0.9, 0.15),
    windowMs: HOUR_MS,
    referenceWindows: 14 * 24,
  }),
  createStream("autocorrelated, daily (φ 0.7, 0.2 σ)", {
    rows: 500,
    features: 25,
    marginals: MARGINALS,
    createLevel: wandering(0.7, 0.2),
    windowMs: DAY_MS,
    referenceWindows: 31,
  }),
  createStream("ten features wander far, daily (φ 0.7–0.9, 3–8 σ)", {
    rows: 500,
    features: 25,
    marginals: MARGINALS,
    createLevel: wanderingFar,
    windowMs: DAY_MS,
    referenceWindows: 28,
  }),
  createStream("heavy tails", {
    rows: 500,
    features: 25,
    marginals: HEAVY,
    createLevel: still,
    windowMs: HOUR_MS,
    referenceWindows: 7 * 24,
  }),
  createStream("small windows (50 rows)", {
    rows: 50,
    features: 25,
    marginals: MARGINALS,
    createLevel: still,
    windowMs: HOUR_MS,
    referenceWindows: 7 * 24,
  }),
  createStream("200 features, daily", {
    rows: 500,
    features: 200,
    marginals: MARGINALS,
    createLevel: still,
    windowMs: DAY_MS,
    referenceWindows: 28,
  }),
  createStream("200 features, hourly", {
    rows: 200,
    features: 200,
    marginals: MARGINALS,
    createLevel: still,
    windowMs: HOUR_MS,
    referenceWindows: 3 * 24,
  }),
];

/** PlantedDrift changes the columns of a window that lies `age` windows after the change began. */
export interface PlantedDrift {
  name: string;
  feature: string;
  apply(columns: Record<string, (number | string | null)[]>, age: number, random: RandomSource): Rows;
}

const onNumbers =
  (feature: string, change: (x: number, age: number, random: RandomSource) => number | null) =>
  (columns: Record<string, (number | string | null)[]>, age: number, random: RandomSource): Rows => ({
    ...columns,
    [feature]: columns[feature]!.map((value) =>
      typeof value === "number" ? change(value, age, random) : value,
    ),
  });

/** PLANTED_DRIFTS are changes of one feature of 25; `feature_0` is standard normal, `feature_2` has eight categories. */
export const PLANTED_DRIFTS: PlantedDrift[] = [
  ...[0.1, 0.2, 0.3, 0.5, 1].map((shift) => ({
    name: `mean +${shift} σ`,
    feature: "feature_0",
    apply: onNumbers("feature_0", (x) => x + shift),
  })),
  { name: "scale ×1.5", feature: "feature_0", apply: onNumbers("feature_0", (x) => 1.5 * x) },
  {
    name: "shape: two humps, same mean and deviation",
    feature: "feature_0",
    apply: onNumbers("feature_0", (x, _, random) => (random() < 0.5 ? -0.9 : 0.9) + 0.436 * x),
  },
  {
    name: "category swap (24 % ↔ 15 %)",
    feature: "feature_2",
    apply: (columns) => ({
      ...columns,
      feature_2: columns["feature_2"]!.map((value) =>
        value === "beta" ? "gamma" : value === "gamma" ? "beta" : value,
      ),
    }),
  },
  {
    name: "10 % become null",
    feature: "feature_0",
    apply: onNumbers("feature_0", (x, _, random) => (random() < 0.1 ? null : x)),
  },
  // feature_1 is log-normal: a unit change needs a feature that is not centred on 0.
  { name: "unit change ×1.609", feature: "feature_1", apply: onNumbers("feature_1", (x) => 1.609344 * x) },
  { name: "frozen at one value", feature: "feature_0", apply: onNumbers("feature_0", () => 0.1) },
  {
    name: "slow ramp, +1 σ over 48 windows",
    feature: "feature_0",
    apply: onNumbers("feature_0", (x, age) => x + Math.min(1, age / 48)),
  },
];
