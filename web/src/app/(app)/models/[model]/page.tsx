import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { findModelPage } from "../../../../server/find-model-page.ts";
import { isOpen } from "../../../../server/incidents.ts";
import { loadModelPage } from "../../../../server/load-model-page.ts";
import { requirePrincipal } from "../../../../server/principal.ts";
import { AutoRefresh } from "../../../../ui/auto-refresh.tsx";
import { IncidentBanner } from "../../../../ui/incident-banner.tsx";
import { Link } from "../../../../ui/link.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { StateBadge } from "../../../../ui/state-badge.tsx";
import type { LaneName } from "../../../../view/lane-tables.ts";
import { sinceWords } from "../../../../view/model-state.ts";
import { addressWith, MODEL_ADDRESS, readAddress } from "../../../../view/page-address.ts";
import { BreakdownSection } from "./breakdown-section.tsx";
import { BurnInList } from "./burn-in-panel.tsx";
import { ChangesFigure } from "./changes-figure.tsx";
import { chartFrame } from "./chart-frame.ts";
import { ComparisonSection } from "./comparison-section.tsx";
import styles from "./controls.module.css";
import { DevicePanel } from "./device-panel.tsx";
import { DriftLaneFigure } from "./drift-lane-figure.tsx";
import { HealthNotice } from "./health-notice.tsx";
import { LatencyLane } from "./latency-lane.tsx";
import { MetricPicker } from "./metric-picker.tsx";
import { ObjectivePanel } from "./objective-panel.tsx";
import { PerformanceLaneFigure } from "./performance-lane-figure.tsx";
import { QualitySection } from "./quality-section.tsx";
import { RangePicker } from "./range-picker.tsx";
import { ReferencePanel } from "./reference-panel.tsx";
import sections from "./sections.module.css";
import { VersionPicker } from "./version-picker.tsx";
import { VersionsPanel } from "./versions-panel.tsx";
import { VolumeLane } from "./volume-lane.tsx";

interface PageProps {
  params: Promise<{ model: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const TASKS = {
  binary: "Binary classification",
  multiclass: "Classification",
  regression: "Regression",
  llm: "Language model",
} as const;

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  // Next hands decoded parameters to this function and to route handlers, but encoded ones to the page itself.
  const { model } = await params;
  const principal = await requirePrincipal();
  const found = await findModelPage(principal, model, readAddress(await searchParams, MODEL_ADDRESS));
  return { title: found.outcome === "found" ? model : "Not found" };
}

/** ModelPage shows one model through time: traffic, drift, performance and latency over one axis, then its objective, versions and reference. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the order of the page, panel by panel
export default async function ModelPage(props: PageProps) {
  const name = decodeURIComponent((await props.params).model);
  const path = `/models/${encodeURIComponent(name)}`;
  const address = readAddress(await props.searchParams, MODEL_ADDRESS);
  const principal = await requirePrincipal();
  const found = await findModelPage(principal, name, address);
  if (found.outcome === "missing") notFound();
  const view = await loadModelPage(principal, found, address);
  const { model, state, madeAt, version, range } = view;
  const frame = chartFrame(view);
  const open = view.incidents.filter(isOpen);
  const cellPath = addressWith(
    `/api${path}/drift-cell`,
    {},
    { version: version?.version, environment: version?.environment },
  );
  const tablePath = (lane: LaneName) => addressWith(`/api${path}/table`, { ...address, lane }, {});
  return (
    <>
      <PageHead
        trail={<Link href="/">Models</Link>}
        title={name}
        badge={
          <StateBadge state={state.badge}>
            {state.words}
            {state.since === undefined ? "" : ` ${sinceWords(state.since, madeAt) ?? ""}`}
            {version === undefined || version.environment === "production" ? "" : ` (${version.environment})`}
          </StateBadge>
        }
        sentence={
          (model.description ??
            `${TASKS[model.task]}${model.configured ? "" : ", set up by itself from its first prediction"}`) +
          (model.owner === undefined ? "" : ` · owner: ${model.owner}`) +
          (view.useful === undefined ? "" : ` · ${view.useful}`)
        }
        aside={<AutoRefresh madeAt={madeAt} seconds={10} />}
      />
      <HealthNotice state={state} now={madeAt} />
      {view.notices.map((notice) => (
        <p key={notice} className={sections["notice"]} role="status">
          {notice}
        </p>
      ))}
      {open.map((incident) => (
        <IncidentBanner key={incident.id} incident={incident} now={madeAt} />
      ))}
      <div className={styles["bar"]}>
        <VersionPicker path={path} address={address} versions={view.versions} current={version} />
        <RangePicker path={path} address={address} range={range} />
      </div>
      <Panel
        id="timeline"
        title="Through time"
        note={
          version === undefined
            ? "no traffic yet"
            : `version ${version.version}, ${version.environment}; shaded: incidents`
        }
        flush
      >
        <VolumeLane points={view.serving.points} frame={frame} tablePath={tablePath("volume")} />
        <DriftLaneFigure
          lane={view.drift}
          detail={view.driftDetail}
          frame={frame}
          cellPath={cellPath}
          tablePath={tablePath("drift")}
          traffic={{
            range,
            seen: version,
            hasReference: view.references?.current !== undefined,
            waitsBecause: view.references?.waitsBecause,
            now: madeAt,
          }}
        />
        <PerformanceLaneFigure
          lane={view.performance}
          frame={frame}
          tablePath={tablePath("performance")}
          picker={
            <MetricPicker
              path={path}
              address={address}
              metrics={view.performance.metrics}
              current={view.performance.metric}
            />
          }
        />
        <LatencyLane
          points={view.serving.points}
          frame={frame}
          objectiveMs={view.slo?.objective.threshold_ms}
          tablePath={tablePath("latency")}
        />
        <ChangesFigure changes={view.changes} now={madeAt} />
      </Panel>
      {view.burnIns.length > 0 && (
        <Panel id="burn-in" title="New monitors" note="they record, and notify nobody yet">
          <BurnInList monitors={view.burnIns} canAct={principal.role === "admin"} />
        </Panel>
      )}
      <Panel id="by-tag" title="By tag" note="counts and performance over the range above">
        <Suspense fallback={<p className={sections["waiting"]}>Counting predictions by value…</p>}>
          <BreakdownSection principal={principal} view={view} path={path} address={address} />
        </Suspense>
      </Panel>
      <VersionsPanel
        versions={view.versions}
        comparison={
          <Suspense
            fallback={<p className={sections["waiting"]}>Comparing the versions on their common labels…</p>}
          >
            <ComparisonSection principal={principal} view={view} asked={address["compare"]} />
          </Suspense>
        }
        path={path}
        address={address}
        now={madeAt}
      />
      <Panel
        id="quality"
        title="Data quality"
        note="refused or dropped in the last week, and the schema as it came"
      >
        <Suspense fallback={<p className={sections["empty"]}>Looking through what was refused…</p>}>
          <QualitySection principal={principal} model={name} now={madeAt} />
        </Suspense>
      </Panel>
      <div className={sections["sections"]}>
        <ObjectivePanel slo={view.slo} />
        <div className={sections["column"]}>
          <DevicePanel devices={view.devices} now={madeAt} />
          <ReferencePanel references={view.references} version={version} model={name} now={madeAt} />
        </div>
      </div>
    </>
  );
}
