import type { Monitor } from "../records/index.ts";
import { chainFinding } from "./chain-finding.ts";
import type { ChainStanding, HealthFacts, VersionHealthFacts } from "./health-facts.ts";
import type { HealthFinding, ModelHealth } from "./health-finding.ts";
import { healthRank, healthWords } from "./health-state.ts";
import { incidentFindings } from "./incident-findings.ts";
import { lateFinding } from "./late-finding.ts";
import { liveVersions } from "./live-versions.ts";
import { tornFindings } from "./torn-findings.ts";
import { waitingFinding } from "./waiting-finding.ts";

/**
 * modelHealth decides how a model in one environment does. Open incidents come first, then whatever keeps it from being judged; it is healthy only
 * where every version that serves has a verdict that says so. Never healthy: no traffic, no verdict, an error, a window that could not be judged,
 * a monitor that never judged. O(findings log findings).
 */
export function modelHealth(facts: HealthFacts): ModelHealth {
  const monitors = facts.monitors.filter(({ enabled }) => enabled);
  const found = [
    ...incidentFindings(facts.incidents),
    ...trafficFindings(facts),
    ...tornFindings(facts.torn, facts.versions),
    ...liveVersions(facts.versions, monitors).flatMap((version) => versionFindings(version, monitors, facts)),
  ];
  const findings = found.sort((a, b) => healthRank(a.state) - healthRank(b.state));
  const [worst] = findings;
  if (worst === undefined) {
    const sentence = healthySentence(facts.standings, monitors);
    return { state: "healthy", since: null, sentence, incident_id: null, findings: [] };
  }
  const { state, since, sentence, incident_id = null } = worst;
  return { state, since, sentence, incident_id, findings };
}

function trafficFindings({ versions }: HealthFacts): HealthFinding[] {
  if (versions.some(({ isArchived }) => !isArchived)) return [];
  const sentence =
    versions.length === 0 ? "No prediction has come yet" : "Every version with traffic is archived";
  return [{ state: "no_traffic", since: null, sentence }];
}

function versionFindings(
  version: VersionHealthFacts,
  monitors: readonly Monitor[],
  facts: HealthFacts,
): HealthFinding[] {
  const newestSeen = Math.max(...facts.versions.map(({ lastSeen }) => lastSeen));
  const watching = monitors.filter((monitor) => (monitor.version ?? version.version) === version.version);
  const standings = facts.standings.filter((one) => one.version === version.version);
  const found = watching.flatMap((monitor) => {
    const mine = standings.filter(
      (one) => one.monitor_id === monitor.id && one.window_end - one.window_start === monitor.window,
    );
    const whole = mine.find(({ segment }) => segment === "") ?? mine[0];
    return [
      ...mine.map((standing) => chainFinding(monitor, version, standing, newestSeen)),
      lateFinding(monitor, version, whole, facts.now),
    ].filter((one) => one !== undefined);
  });
  const waiting = waitingFinding(version, watching, standings, facts.monitors.length > 0);
  return waiting === undefined ? found : [...found, waiting];
}

function healthySentence(standings: readonly ChainStanding[], monitors: readonly Monitor[]): string {
  const judged = standings.filter(
    (one) => one.judged_until !== undefined && monitors.some(({ id }) => id === one.monitor_id),
  );
  const partly = judged.filter(({ judged: seen, of }) => seen !== undefined && of !== undefined && seen < of);
  const [worst] = partly.sort((a, b) => (a.judged ?? 0) / (a.of ?? 1) - (b.judged ?? 0) / (b.of ?? 1));
  const rest = worst === undefined ? "" : `; ${worst.judged} of ${worst.of} features could be judged`;
  return `${healthWords("healthy")}: the newest window of every monitor is as usual${rest}`;
}
