import { Age } from "../../ui/age.tsx";
import { Link } from "../../ui/link.tsx";
import { Sparkline } from "../../ui/sparkline.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { metricDirection, metricName } from "../../view/metric-words.ts";
import { sinceWords } from "../../view/model-state.ts";
import {
  ABSENT,
  formatCompact,
  formatMetric,
  formatMilliseconds,
  formatPercent,
} from "../../view/number-words.ts";
import type { OverviewRow } from "../../view/overview-row.ts";
import styles from "./overview.module.css";

/** ModelCard is one model on the overview: its state in words, then the numbers that tell whether to open it. */
export function ModelCard({ row, now }: { row: OverviewRow; now: number }) {
  const { state, performance } = row;
  const href = `/models/${encodeURIComponent(row.model)}`;
  const since = sinceWords(state.since, now);
  const metric = performance.metric;
  return (
    <article className={`${styles["card"]} ${styles[state.badge] ?? ""}`}>
      <div className={styles["identity"]}>
        <h2 className={styles["name"]}>
          <Link href={href}>{row.model}</Link>
        </h2>
        <p className={styles["state"]}>
          <StateBadge state={state.badge}>{state.words}</StateBadge>
          {since !== undefined && <span className={styles["since"]}>{since}</span>}
          {state.incidentId !== undefined && (
            <Link className={styles["incidentLink"]} href={`/incidents/${state.incidentId}`}>
              Open the incident
            </Link>
          )}
        </p>
        {row.elsewhere.map(({ environment, words }) => (
          <p key={environment} className={styles["reason"]}>
            <Link className={styles["incidentLink"]} href={`${href}?environment=${environment}`}>
              In {environment}: {words}
            </Link>
          </p>
        ))}
        <p className={styles["versions"]}>
          {row.versions.length === 0
            ? "No version has traffic"
            : row.versions.slice(0, 3).map(({ version, environment }) => (
                <span key={`${environment} ${version}`} className={styles["version"]}>
                  {version}
                  {environment !== "production" && <em> {environment}</em>}
                </span>
              ))}
          {row.versions.length > 3 && <span>+{row.versions.length - 3}</span>}
          {row.owner !== undefined && <span className={styles["seen"]}>owner {row.owner}</span>}
          {row.lastReceived !== undefined && (
            <span className={styles["seen"]}>
              last row <Age time={row.lastReceived} now={now} />
            </span>
          )}
        </p>
      </div>
      <dl className={styles["figures"]}>
        <Figure term="Features drifting" value={formatPercent(row.drift.latest, 0)}>
          <Sparkline
            values={row.drift.values}
            label={`Share of features drifting in ${row.model}, by window`}
            fromZero
          />
        </Figure>
        <Figure
          term={metric === undefined ? "Performance" : metricName(metric)}
          value={formatMetric(performance.latest)}
          hint={
            metric === undefined
              ? "no labels yet"
              : (metricDirection(metric) ?? `reference ${formatMetric(performance.reference)}`)
          }
        >
          <Sparkline
            values={performance.values}
            label={`${metric === undefined ? "Performance" : metricName(metric)} of ${row.model}, by window`}
            {...(performance.reference === null ? {} : { threshold: performance.reference })}
          />
        </Figure>
        <Figure term="p95 latency" value={formatMilliseconds(row.latency.latest)}>
          <Sparkline
            values={row.latency.values}
            label={`95th percentile of latency of ${row.model}`}
            fromZero
          />
        </Figure>
        <Figure term="Predictions" value={formatCompact(row.predictionsDay)} hint="last 24 h of data" />
        <Figure
          term="Labelled"
          value={row.labelCoverage === null ? ABSENT : formatPercent(row.labelCoverage, 0)}
          hint="of mature windows"
        />
      </dl>
    </article>
  );
}

function Figure(props: { term: string; value: string; hint?: string; children?: React.ReactNode }) {
  return (
    <div className={styles["figure"]}>
      <dt>{props.term}</dt>
      <dd>
        <strong>{props.value}</strong>
        {props.children}
        {props.hint !== undefined && <span className={styles["hint"]}>{props.hint}</span>}
      </dd>
    </div>
  );
}
