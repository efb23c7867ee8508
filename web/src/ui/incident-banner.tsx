import type { Incident } from "@leeway/core/records";
import { causeName, incidentStateWords } from "../view/incident-words.ts";
import { sinceWords } from "../view/model-state.ts";
import styles from "./incident-banner.module.css";
import { Link } from "./link.tsx";
import { StateBadge } from "./state-badge.tsx";

/** IncidentBanner is an open incident where its model is shown: cause first, then the title, with the way to it. */
export function IncidentBanner({ incident, now }: { incident: Incident; now: number }) {
  return (
    <Link href={`/incidents/${incident.id}`} className={`${styles["banner"]} ${styles[incident.state]}`}>
      <StateBadge state={incident.state}>
        {incidentStateWords(incident.state)}: {causeName(incident.cause)}
      </StateBadge>
      <span className={styles["title"]}>{incident.title}</span>
      <span className={styles["since"]}>
        version {incident.version}, {sinceWords(incident.started_at, now) ?? "just begun"}
      </span>
    </Link>
  );
}
