import { type FlightFeatures, type FlownFlight, featuresOf, isLate } from "./flight.ts";

/** A trained model: one weight per indicator (`origin=ATL`, `hour=17`, `distance<500` …), all of them plain JSON. */
export interface LogisticRegression {
  intercept: number;
  weights: Record<string, number>;
  trainedOn: { flights: number; from: number; to: number };
}

const EPOCHS = 4;
const RATE = 0.15;
// Keeps an airport seen a dozen times from being believed as much as Atlanta.
const L2 = 2e-5;
const DISTANCE_EDGES = [150, 250, 350, 500, 700, 900, 1_200, 1_600, 2_200];

/** trainLogisticRegression fits P(late) by AdaGrad over `flights`, in an order fixed by a linear congruential walk: the same flights give the same model. */
export function trainLogisticRegression(
  flights: readonly FlownFlight[],
  calendarShiftMs = 0,
): LogisticRegression {
  if (flights.length === 0) throw new RangeError("trainLogisticRegression needs at least one flight");
  const index = new Map<string, number>();
  const rows = flights.map((flight) =>
    indicators(featuresOf(flight, calendarShiftMs)).map((name) => indexOf(index, name)),
  );
  const labels = flights.map((flight) => (isLate(flight) ? 1 : 0));
  const weights = new Float64Array(index.size);
  const squares = new Float64Array(index.size).fill(1e-6);
  let intercept = logit(labels.reduce<number>((sum, label) => sum + label, 0) / labels.length);
  let interceptSquares = 1;
  const stride = coprimeStride(rows.length);
  for (let epoch = 0, at = 0; epoch < EPOCHS; epoch++) {
    for (let n = 0; n < rows.length; n++) {
      at = (at + stride) % rows.length;
      const row = rows[at] as number[];
      let z = intercept;
      for (const j of row) z += weights[j] as number;
      const gradient = sigmoid(z) - (labels[at] as number);
      interceptSquares += gradient * gradient;
      intercept -= (RATE / Math.sqrt(interceptSquares)) * gradient;
      for (const j of row) {
        const step = gradient + L2 * rows.length * 0.01 * (weights[j] as number);
        squares[j] = (squares[j] as number) + step * step;
        weights[j] = (weights[j] as number) - (RATE / Math.sqrt(squares[j] as number)) * step;
      }
    }
  }
  return {
    intercept,
    weights: Object.fromEntries([...index].map(([name, j]) => [name, weights[j] as number])),
    trainedOn: {
      flights: flights.length,
      from: flights.reduce((least, flight) => Math.min(least, flight.departure), Infinity),
      to: flights.reduce((most, flight) => Math.max(most, flight.departure), -Infinity),
    },
  };
}

/** predictLate returns P(late), 0..1, for one flight; an airport never seen in training counts as an average one. */
export function predictLate(model: LogisticRegression, features: FlightFeatures): number {
  let z = model.intercept;
  for (const name of indicators(features)) z += model.weights[name] ?? 0;
  return sigmoid(z);
}

function indicators(features: FlightFeatures): string[] {
  const bin = DISTANCE_EDGES.findIndex((edge) => features.distance < edge);
  return [
    `hour=${features.hour}`,
    `day=${features.day_of_week}`,
    `origin=${features.origin}`,
    `destination=${features.destination}`,
    `distance<${DISTANCE_EDGES[bin] ?? "any"}`,
  ];
}

function indexOf(index: Map<string, number>, name: string): number {
  const known = index.get(name);
  if (known !== undefined) return known;
  index.set(name, index.size);
  return index.size - 1;
}

function coprimeStride(n: number): number {
  let stride = Math.max(1, Math.floor(n * 0.618_033_988_75));
  while (greatestCommonDivisor(stride, n) !== 1) stride += 1;
  return stride;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const logit = (p: number) =>
  Math.log(Math.min(1 - 1e-6, Math.max(1e-6, p)) / (1 - Math.min(1 - 1e-6, Math.max(1e-6, p))));
