/** What the demo promises to show, in the order in which a person meets them. */
export const CHAPTERS = {
  service_up: "the service is up: database, Redis, ingest, analyzer, web",
  traffic_seen: "a real inference service is served and seen, with its labels",
  concept_drift_told: "the first true alarm, concept drift, told by Slack, e-mail and signed webhook",
  retrained: "the retraining webhook retrained the model and reported back",
  compared: "the product compared both versions on the same labels, and acted on its verdict",
  concept_drift_resolved: "the incident resolved by itself when its cause was gone",
  pipeline_told: "kilometres for miles: an input-pipeline alarm that names the feature",
  nothing_lost: "every acknowledged prediction is there once",
} as const;

export type Chapter = keyof typeof CHAPTERS;

/** Story remembers which chapters happened, each with what was seen through the public API. */
export interface Story {
  has(chapter: Chapter): boolean;
  /** happened marks a chapter, once, with its evidence. */
  happened(chapter: Chapter, evidence: string): void;
  missing(): Chapter[];
  summary(): string[];
}

/** createStory returns a story in which nothing has happened yet. */
export function createStory(): Story {
  const seen = new Map<Chapter, string>();
  const chapters = Object.keys(CHAPTERS) as Chapter[];
  return {
    has: (chapter) => seen.has(chapter),
    happened(chapter, evidence) {
      if (!seen.has(chapter)) seen.set(chapter, evidence);
    },
    missing: () => chapters.filter((chapter) => !seen.has(chapter)),
    summary: () =>
      chapters.flatMap((chapter) => {
        const evidence = seen.get(chapter);
        return evidence === undefined
          ? [`  ✗ ${CHAPTERS[chapter]}: did not happen`]
          : [`  ✓ ${CHAPTERS[chapter]}`, `      ${evidence}`];
      }),
  };
}
