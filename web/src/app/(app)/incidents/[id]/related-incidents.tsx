import type { Incident } from "@leeway/core/records";
import { Link } from "../../../../ui/link.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { formatDate } from "../../../../view/format-time.ts";
import { causeName, incidentStateWords } from "../../../../view/incident-words.ts";
import styles from "./incident.module.css";

/** RelatedIncidents lists other incidents of the same model. */
export function RelatedIncidents({ incidents, now }: { incidents: Incident[]; now: number }) {
  if (incidents.length === 0) return null;
  return (
    <Panel id="related" title="Other incidents of this model">
      <ul className={styles["related"]}>
        {incidents.map((incident) => (
          <li key={incident.id}>
            <Link href={`/incidents/${incident.id}`}>{incident.title}</Link>
            <span className={styles["age"]}>
              {causeName(incident.cause)}, {incidentStateWords(incident.state).toLowerCase()},{" "}
              {formatDate(incident.started_at, now)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
