import type { Incident } from "@leeway/core/records";
import { Link } from "../../../ui/link.tsx";
import { SeverityBadge } from "../../../ui/severity-badge.tsx";
import { StateBadge } from "../../../ui/state-badge.tsx";
import { formatDate, formatSpan } from "../../../view/format-time.ts";
import { causeName, incidentStateWords } from "../../../view/incident-words.ts";
import { sinceWords } from "../../../view/model-state.ts";
import styles from "./incidents.module.css";

/** IncidentRow is one incident in a list: cause and state first, then what happened and where. */
export function IncidentRow({ incident, now }: { incident: Incident; now: number }) {
  return (
    <article className={styles["row"]}>
      <div className={styles["rowHead"]}>
        <StateBadge state={incident.state}>
          {incidentStateWords(incident.state)}: {causeName(incident.cause)}
        </StateBadge>
        <SeverityBadge severity={incident.severity} />
        <span className={styles["when"]}>{when(incident, now)}</span>
      </div>
      <h2 className={styles["rowTitle"]}>
        <Link href={`/incidents/${incident.id}`}>{incident.title}</Link>
      </h2>
      <p className={styles["rowFacts"]}>
        {incident.model}, version {incident.version}
        {incident.environment === "production" ? "" : ` (${incident.environment})`} ·{" "}
        {incident.evaluation_count} failing {incident.evaluation_count === 1 ? "check" : "checks"}
        {incident.features.length > 0 && ` · ${names(incident)}`}
        {incident.acknowledged_by !== undefined && ` · acknowledged by ${incident.acknowledged_by}`}
        {incident.assignee !== undefined && ` · assigned to ${incident.assignee}`}
        {incident.owner !== undefined && ` · owner ${incident.owner}`}
      </p>
    </article>
  );
}

function names(incident: Incident): string {
  const shown = incident.features.slice(0, 3).map(({ name }) => name);
  const more = incident.features.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function when(incident: Incident, now: number): string {
  if (incident.state !== "resolved") return sinceWords(incident.started_at, now) ?? "just begun";
  const length = formatSpan(incident.last_failing_at - incident.started_at);
  return `${formatDate(incident.started_at, now)}, lasted ${length}`;
}
