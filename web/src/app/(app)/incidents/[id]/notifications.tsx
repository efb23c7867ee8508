import { CHANNEL_KINDS } from "@leeway/core/channels";
import { Age } from "../../../../ui/age.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import type { SentNotification } from "../../../../view/incident-page.ts";
import styles from "./incident.module.css";

const STATUS = {
  queued: "On its way",
  sent: "Sent",
  failed: "Failed",
  silenced: "Silenced",
  superseded: "In a later one",
  not_subscribed: "Not subscribed",
} as const;
const TRANSITIONS = { fired: "raised", updated: "update", resolved: "resolved", test: "test" } as const;

/** Notifications lists who was notified of what, when, and whether it arrived. */
export function Notifications({ notifications, now }: { notifications: SentNotification[]; now: number }) {
  return (
    <Panel id="notifications" title="Notifications">
      {notifications.length === 0 ? (
        <p className={styles["empty"]}>
          Nobody yet: no channel is set up for this model, or the incident is still pending.
        </p>
      ) : (
        <ul className={styles["notifications"]}>
          {notifications.map((notification) => (
            <li key={notification.id}>
              <span className={styles["status"]} data-status={notification.status}>
                {STATUS[notification.status]}
              </span>
              <span>
                {notification.channelKind === undefined
                  ? ""
                  : `${CHANNEL_KINDS[notification.channelKind].label}, `}
                {notification.channelName} ({TRANSITIONS[notification.transition]})
                {notification.attempts > 1 && `, ${notification.attempts} attempts`}
                {notification.last_error !== undefined && notification.status !== "sent" && (
                  <span className={styles["error"]}>{notification.last_error}</span>
                )}
              </span>
              <span className={styles["age"]}>
                <Age time={notification.sent_at ?? notification.created_at} now={now} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
