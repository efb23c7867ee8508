import { type FeatureSchema, featureSchemas } from "@leeway/core/evidence";
import type { Store } from "../../create-store.ts";

/** DataQuality is what is known of how a model's events came. */
export interface DataQuality {
  /** Features as they came, with type conflicts and near twins among them. */
  features: FeatureSchema[];
  /** Events that were refused in the last week. */
  refused: { kind: string; code: string; events: number; lastAt: number; example: string }[];
  /** Members of events that were left out in the last week because Leeway does not know them; an empty name stands for several. */
  unknown: { kind: string; name: string; events: number; lastAt: number }[];
  /** Events that SDKs gave up in the last week, by their stated policy. */
  dropped: { replica: string; kind: string; events: number; at: number }[];
  /** Predictions long before the rest: they are kept and decide nothing; event times. */
  strays: {
    version: string;
    environment: string;
    predictions: number;
    firstSeen: number;
    lastSeen: number;
  }[];
}

const LOOK_BACK_MS = 7 * 86_400_000;

/** readDataQuality returns what is known of how the events of a model, or of one of its versions, came. API and pages both read it here. */
export async function readDataQuality(
  { evidence, activity }: Pick<Store, "evidence" | "activity">,
  project: string,
  { model, version, now }: { model: string; version?: string | undefined; now: number },
): Promise<DataQuality> {
  const from = now - LOOK_BACK_MS;
  const [kinds, refused, unknown, dropped, versions] = await Promise.all([
    evidence.featureKinds(project, model, version),
    evidence.refusals(project, model, from),
    evidence.unknownMembers(project, model, from),
    evidence.drops(project, { model, version, from, to: now + 1 }),
    activity.versions(project, model),
  ]);
  const strays = versions
    .filter((one) => version === undefined || one.version === version)
    .flatMap(({ version: name, environment, earlier }) => {
      if (earlier === undefined) return [];
      const { rows: predictions, first: firstSeen, last: lastSeen } = earlier;
      return [{ version: name, environment, predictions, firstSeen, lastSeen }];
    });
  return { features: featureSchemas(kinds), refused, unknown, dropped, strays };
}
