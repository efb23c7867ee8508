import { changeDistance } from "@leeway/core/events";
import type { Incident } from "@leeway/core/records";
import { ChangeList } from "../../../../ui/change-list.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import styles from "./incident.module.css";

/** ChangesBefore lists what changed shortly before an incident began, nearest first. */
export function ChangesBefore({ incident, now }: { incident: Incident; now: number }) {
  const { changes = [], started_at } = incident;
  return (
    <Panel id="changes" title="Changed shortly before">
      {changes.length === 0 ? (
        <p className={styles["empty"]}>
          No deploy and no change of settings is known from shortly before its start.
        </p>
      ) : (
        <ChangeList
          changes={changes}
          now={now}
          aside={({ timestamp }) => changeDistance(timestamp, started_at)}
        />
      )}
    </Panel>
  );
}
