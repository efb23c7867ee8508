import type { DeliveryAttempt } from "@leeway/core/delivery";
import { Instant } from "../../../../ui/instant.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import styles from "../channels.module.css";

const OUTCOMES = {
  sent: "Arrived",
  retry: "Failed, is tried again",
  refused: "Refused",
  withheld: "Held back",
} as const satisfies Record<DeliveryAttempt["outcome"], string>;
const TRANSITIONS = {
  fired: "raised",
  updated: "update",
  resolved: "resolved",
  test: "test",
} as const satisfies Record<DeliveryAttempt["transition"], string>;

/** DeliveryLog lists the newest attempts, each with what was sent and what was answered. */
export function DeliveryLog({ attempts, now }: { attempts: DeliveryAttempt[]; now: number }) {
  return (
    <Panel id="log" title="What was sent" note="30 days, secrets removed">
      {attempts.length === 0 ? (
        <p className={styles["facts"]}>Nothing was sent in the last 30 days.</p>
      ) : (
        <ul className={styles["log"]}>
          {attempts.map((attempt) => (
            <li key={`${attempt.notification_id} ${attempt.at}`} className={styles["entry"]}>
              <details>
                <summary>
                  <span className={styles["outcome"]} data-outcome={attempt.outcome}>
                    {OUTCOMES[attempt.outcome]}
                  </span>{" "}
                  ({TRANSITIONS[attempt.transition]}
                  {attempt.attempt > 1 && `, attempt ${attempt.attempt}`}),{" "}
                  <Instant time={attempt.at} now={now} precise />, {Math.round(attempt.took_ms)} ms
                </summary>
                <pre>{attempt.request === "" ? "Nothing was sent." : attempt.request}</pre>
              </details>
              <p className={styles["facts"]}>{attempt.answer}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
