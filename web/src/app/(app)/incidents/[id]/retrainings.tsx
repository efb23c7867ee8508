import type { Retraining } from "@leeway/core/records";
import { allowedRetrainingActions } from "@leeway/core/retraining";
import { Age } from "../../../../ui/age.tsx";
import { Link } from "../../../../ui/link.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { metricName } from "../../../../view/metric-words.ts";
import { formatMetric } from "../../../../view/number-words.ts";
import { addressWith } from "../../../../view/page-address.ts";
import styles from "./incident.module.css";
import { RetrainingActions } from "./retraining-actions.tsx";

const STATUS = {
  requested: "Requested",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  awaiting_approval: "Waits for approval",
  refused: "Not started",
  timed_out: "Timed out",
} as const;

const VERDICT = {
  promote: "Promote",
  wait: "Wait",
  worse: "Worse",
  not_defined: "Cannot be compared",
} as const;

const ACTED = { promote: "Promoted", archive: "Archived" } as const;

/** Retrainings shows the runs this incident started and what became of them; a new version is compared on the model page. */
export function Retrainings(props: {
  retrainings: Retraining[];
  model: string;
  now: number;
  canAct: boolean;
}) {
  if (props.retrainings.length === 0) return null;
  const path = `/models/${encodeURIComponent(props.model)}`;
  return (
    <Panel id="retrainings" title="Retraining">
      <ul className={styles["retrainings"]}>
        {props.retrainings.map((retraining) => (
          <li key={retraining.id}>
            <p>
              <span className={styles["status"]} data-status={retraining.status}>
                {STATUS[retraining.status]}
              </span>{" "}
              <Age time={retraining.updated_at} now={props.now} />
              {retraining.message !== undefined && <>. {retraining.message}</>}
            </p>
            {retraining.metrics !== undefined && (
              <p className={styles["metrics"]}>
                {Object.entries(retraining.metrics).map(([name, value]) => (
                  <span key={name}>
                    {metricName(name)} <strong>{formatMetric(value)}</strong>
                  </span>
                ))}
              </p>
            )}
            {retraining.verdict !== undefined && (
              <p>
                <strong>{VERDICT[retraining.verdict.verdict]}</strong>. {retraining.verdict.sentence}
              </p>
            )}
            {retraining.acted !== undefined && (
              <p>
                {ACTED[retraining.acted.action]} by {retraining.acted.by}{" "}
                <Age time={retraining.acted.at} now={props.now} />.
              </p>
            )}
            {props.canAct && allowedRetrainingActions(retraining).length > 0 && (
              <RetrainingActions id={retraining.id} allowed={allowedRetrainingActions(retraining)} />
            )}
            {retraining.new_version !== undefined && (
              <p>
                Version {retraining.new_version} against version {retraining.version}:{" "}
                <Link
                  href={`${addressWith(path, {}, { version: retraining.new_version, compare: retraining.version })}#versions`}
                >
                  compare on the same labels
                </Link>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
