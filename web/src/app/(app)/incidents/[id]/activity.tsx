import { Age } from "../../../../ui/age.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { type IncidentPageView, incidentTimeline } from "../../../../view/incident-page.ts";
import styles from "./incident.module.css";
import { NoteForm } from "./note-form.tsx";

/** Activity is everything that happened to an incident, in order, with a place to write. */
export function Activity({ view }: { view: IncidentPageView }) {
  const entries = incidentTimeline(view);
  return (
    <Panel id="activity" title="Activity">
      <ol className={styles["activity"]}>
        {entries.map((entry) => (
          <li key={`${entry.at} ${entry.who} ${entry.what}`}>
            <p>
              <strong>{entry.who}</strong> {entry.what}{" "}
              <span className={styles["age"]}>
                <Age time={entry.at} now={view.madeAt} />
              </span>
            </p>
            {entry.text !== undefined && <p className={styles["note"]}>{entry.text}</p>}
          </li>
        ))}
      </ol>
      {view.canAct && <NoteForm incidentId={view.incident.id} />}
    </Panel>
  );
}
