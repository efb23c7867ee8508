import type { Store } from "@leeway/store";

/** TrafficPlan is a made-up binary classifier's life: one entry per day may change what arrives. */
export interface TrafficPlan {
  model: string;
  version: string;
  environment?: string;
  /** First day, midnight UTC. */
  from: number;
  days: number;
  rowsPerDay: number;
  seed: number;
  /** What an upstream fault makes of a distance on day `day`. */
  distance?: (value: number, day: number, replica: string, region: string) => number;
  /** How far a second distance is correlated with the first on day `day`, from 0 to 1; there is none unless it is given. */
  coupling?: (day: number, region: string) => number;
  /** A comment on day `day`; there is none unless it is given. */
  comment?: (random: () => number, day: number, region: string) => string;
  /** An embedding on day `day`; there is none unless it is given. */
  embedding?: (random: () => number, day: number, region: string) => number[];
  /** Whether predictions of day `day` carry a second embedding, always the same. */
  picture?: (day: number) => boolean;
  /** Probability of the positive class on day `day`, given the one the model states. */
  truth?: (score: number, day: number, region: string) => number;
  /** The class that the model predicts by its score; none is sent unless it is given. */
  predicted?: (score: number) => string;
  /** What the label of the class `true` or `false` is spelt on day `day`. */
  label?: (label: "true" | "false", day: number) => string;
  /** A predicted and a true value on day `day`, instead of score and class. */
  values?: (random: () => number, day: number) => { predicted: number; truth: number };
  /** How long a label takes, ms of event time. */
  labelDelayMs?: number;
  latencyMs?: (day: number) => number;
  /** Tells the ids of several plans of one version apart. */
  idPrefix?: string;
  /** Real time at which rows are received. */
  receivedAt: number;
}

const DAY = 86_400_000;
const CARRIERS = ["AA", "DL", "UA", "WN"];
const REPLICAS = ["a", "b", "c", "d"];

/** insertTraffic writes a plan's predictions and labels straight into the store; event times are spread evenly over each day. */
export async function insertTraffic(store: Store, plan: TrafficPlan, project = "default"): Promise<void> {
  const random = seeded(plan.seed);
  const predictions = [];
  const labels = [];
  for (let day = 0; day < plan.days; day++) {
    for (let row = 0; row < plan.rowsPerDay; row++) {
      const id = `${plan.idPrefix ?? plan.model}-${plan.version}-${day}-${row}`;
      const timestamp = plan.from + day * DAY + Math.floor(((row + 0.5) / plan.rowsPerDay) * DAY);
      const hour = new Date(timestamp).getUTCHours();
      const trueDistance = 200 + 2_000 * random() ** 2;
      const carrier = CARRIERS[Math.floor(random() * CARRIERS.length)]!;
      const replica = REPLICAS[row % REPLICAS.length]!;
      const region = row % 3 === 0 ? "eu" : "us";
      const distance = plan.distance?.(trueDistance, day, replica, region) ?? trueDistance;
      const score = 1 / (1 + Math.exp(1.6 - 0.0006 * distance - (carrier === "UA" ? 0.5 : 0)));
      const isLate = random() < (plan.truth?.(score, day, region) ?? score);
      const name = isLate ? "true" : "false";
      const values = plan.values?.(random, day);
      predictions.push({
        project,
        model: plan.model,
        version: plan.version,
        environment: plan.environment ?? "production",
        id,
        timestamp: clock(timestamp),
        received_at: clock(plan.receivedAt),
        payload_hash: String(day * 100_000 + row),
        weight: 1,
        numbers: {
          distance,
          hour,
          ...(plan.coupling === undefined
            ? {}
            : { detour: detourOf(distance, plan.coupling(day, region), random) }),
        },
        strings: {
          carrier,
          ...(plan.comment === undefined ? {} : { comment: plan.comment(random, day, region) }),
        },
        booleans: {},
        nulls: [],
        predicted_label: plan.predicted?.(score) ?? null,
        score: values === undefined ? score : null,
        scores: {},
        predicted_value: values?.predicted ?? null,
        latency_ms: (plan.latencyMs?.(day) ?? 20) * (0.5 + random()),
        error: "",
        tags: { replica, region },
        embeddings: {
          ...(plan.embedding === undefined ? {} : { comment: plan.embedding(random, day, region) }),
          ...(plan.picture?.(day) === true ? { picture: [1, 2] } : {}),
        },
      });
      labels.push({
        project,
        model: plan.model,
        prediction_id: id,
        label: values === undefined ? (plan.label?.(name, day) ?? name) : null,
        value: values?.truth ?? null,
        timestamp: clock(timestamp + (plan.labelDelayMs ?? 3_600_000)),
        received_at: clock(plan.receivedAt),
        payload_hash: String(day * 100_000 + row),
      });
    }
  }
  await store.client.insert({ table: "predictions", values: predictions, format: "JSONEachRow" });
  await store.client.insert({ table: "labels", values: labels, format: "JSONEachRow" });
}

// Drawn alike whatever it is correlated with: a share of the rows goes by the distance itself.
function detourOf(distance: number, coupling: number, random: () => number): number {
  return random() < coupling ? distance : 200 + 2_000 * random() ** 2;
}

function clock(time: number): string {
  return new Date(time).toISOString().replace("T", " ").replace("Z", "");
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
