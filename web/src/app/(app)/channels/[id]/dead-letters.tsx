import type { Notification } from "@leeway/core/records";
import { Age } from "../../../../ui/age.tsx";
import { Link } from "../../../../ui/link.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import styles from "../channels.module.css";
import { PressButton } from "../press-button.tsx";

/** DeadLetters lists what never arrived, to be sent once more one by one or together. */
export function DeadLetters(props: {
  notifications: Notification[];
  /** How many there are in all. */
  all: number;
  channelId: string;
  mayChange: boolean;
  now: number;
}) {
  const { notifications, all, mayChange, now } = props;
  return (
    <Panel
      id="dead-letters"
      title="Never arrived"
      note={
        mayChange &&
        all > 1 && (
          <PressButton
            words={`Send all ${all} once more`}
            busyWords="Sending…"
            method="POST"
            address={`/api/channels/${encodeURIComponent(props.channelId)}/resend`}
          />
        )
      }
    >
      {notifications.length === 0 ? (
        <p className={styles["facts"]}>Nothing: every message arrived or is still on its way.</p>
      ) : (
        <ul className={styles["log"]}>
          {notifications.map((one) => (
            <li key={one.id} className={styles["entry"]}>
              <p>
                <Link href={`/incidents/${encodeURIComponent(one.incident_id)}`}>
                  {TRANSITIONS[one.transition]}
                </Link>
                , <Age time={one.created_at} now={now} />, {one.attempts} attempts
              </p>
              <p className={styles["facts"]}>{one.last_error}</p>
              {mayChange && (
                <PressButton
                  words="Send once more"
                  label={`Send once more: ${TRANSITIONS[one.transition]}, ${one.id}`}
                  busyWords="Sending…"
                  method="POST"
                  address={`/api/deliveries/${encodeURIComponent(one.id)}/resend`}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {all > notifications.length && (
        <p className={styles["facts"]}>
          These are the newest {notifications.length} of {all}.
        </p>
      )}
    </Panel>
  );
}

const TRANSITIONS = {
  fired: "An incident was raised",
  updated: "An incident changed",
  resolved: "An incident resolved",
  test: "A test",
} as const satisfies Record<Notification["transition"], string>;
