import { createHash } from "node:crypto";
import type { ProjectStore } from "@leeway/store";
import type { ModelStore } from "./model-store.ts";

type ProfileReads = Pick<
  ModelStore,
  | "refreshProfiles"
  | "profiles"
  | "referenceProfiles"
  | "segmentReference"
  | "takeReference"
  | "sample"
  | "embeddings"
  | "referenceEmbeddings"
  | "referenceSample"
  | "sources"
>;

/** profileReads returns what a pass asks of features and references. */
export function profileReads({ profiles, references }: ProjectStore): ProfileReads {
  return {
    refreshProfiles: async (subject, basis, until) => {
      await profiles.refresh({ ...subject, ...basis }, { until });
    },
    profiles: (subject, basis, span) => profiles.windows({ ...subject, ...basis, ...span }),
    referenceProfiles: profiles.referenceWindows,
    segmentReference: references.ofSegment,
    async takeReference(subject, { from, to }) {
      // The id follows from the rows, so that a pass that is repeated makes the same reference again.
      const id = `automatic-${createHash("sha256")
        .update(JSON.stringify([subject, from, to]))
        .digest("hex")
        .slice(0, 24)}`;
      return references.fromWindow({ ...subject, id, source: "automatic", from, to });
    },
    sample: ({ model, version, environment }, { start, end, rows }, limit, segment) =>
      profiles.sample(
        { model, version, environment },
        { span: { from: start, to: end }, rows, limit, segment },
      ),
    embeddings: ({ model, version, environment }, { start, end, rows }, limit, segment) =>
      profiles.embeddings(
        { model, version, environment },
        { span: { from: start, to: end }, rows, limit, segment },
      ),
    referenceEmbeddings: profiles.referenceEmbeddings,
    referenceSample: profiles.referenceSample,
    sources: ({ model, version, environment }, { reference, segment }, { start, end, rows }, wanted) =>
      profiles.sources({
        model,
        version,
        environment,
        reference,
        segment,
        start,
        end,
        rows,
        ...wanted,
      }),
  };
}
