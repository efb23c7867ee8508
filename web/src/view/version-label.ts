import type { SeenVersion } from "./model-page.ts";

type Labelled = Pick<SeenVersion, "version" | "environment" | "settings">;

/** versionLabel returns how a version is called among those seen: that it is archived, and where it served if that is not production or not the only place. */
export function versionLabel({ version, environment, settings }: Labelled, all: readonly Labelled[]): string {
  const isArchived = settings?.stage === "archived";
  const isInOnePlace = all.filter((other) => other.version === version).length === 1;
  const words = [
    ...(isArchived ? ["archived"] : []),
    ...(environment === "production" || (isArchived && isInOnePlace) ? [] : [environment]),
  ];
  return words.length === 0 ? `version ${version}` : `version ${version} (${words.join(", ")})`;
}
