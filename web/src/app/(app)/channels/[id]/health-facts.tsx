import type { ChannelHealth } from "@leeway/core/delivery";
import { Age } from "../../../../ui/age.tsx";
import styles from "../channels.module.css";

/** HealthFacts lists what is known of a channel: when messages arrived, what failed, what waits. */
export function HealthFacts({ health, now }: { health: ChannelHealth; now: number }) {
  const { last_success, last_failure, circuit, queued, held, oldest_queued_at } = health;
  return (
    <dl className={styles["health"]}>
      <Fact name="Last arrival" at={last_success?.at} now={now} words={last_success?.answer} />
      <Fact name="Last failure" at={last_failure?.at} now={now} words={last_failure?.answer} />
      <div>
        <dt>Receiver</dt>
        <dd>
          {circuit.open_until !== undefined
            ? `left alone after ${circuit.failures} failures in a row`
            : circuit.failures > 0
              ? `did not answer the last ${circuit.failures === 1 ? "time" : `${circuit.failures} times`}`
              : "is asked as usual"}
        </dd>
      </div>
      <div>
        <dt>Waiting</dt>
        <dd>
          {queued}
          {held > 0 && `, ${held === queued ? "all" : held} until quiet hours end`}
          {oldest_queued_at !== undefined && (
            <>
              , the oldest since <Age time={oldest_queued_at} now={now} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>Last day</dt>
        <dd>
          {health.attempts_last_day} attempts, {health.failures_last_day} failed
        </dd>
      </div>
    </dl>
  );
}

function Fact(props: { name: string; at: number | undefined; now: number; words: string | undefined }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.at === undefined ? (
          "none in 30 days"
        ) : (
          <>
            <Age time={props.at} now={props.now} />
            {props.words !== undefined && `: ${props.words}`}
          </>
        )}
      </dd>
    </div>
  );
}
