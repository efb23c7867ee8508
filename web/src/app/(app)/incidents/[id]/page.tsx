import { expectedOffers } from "@leeway/core/incidents";
import { usefulnessSchema } from "@leeway/core/records";
import { severityWords } from "@leeway/core/words";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadIncidentPage } from "../../../../server/load-incident-page.ts";
import { requirePrincipal } from "../../../../server/principal.ts";
import { AutoRefresh } from "../../../../ui/auto-refresh.tsx";
import { Link } from "../../../../ui/link.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { SeverityBadge } from "../../../../ui/severity-badge.tsx";
import { StateBadge } from "../../../../ui/state-badge.tsx";
import { formatDate } from "../../../../view/format-time.ts";
import type { IncidentPageView } from "../../../../view/incident-page.ts";
import {
  causeMeaning,
  causeName,
  confidenceWords,
  incidentStateWords,
} from "../../../../view/incident-words.ts";
import { Activity } from "./activity.tsx";
import { BlamedFeatures } from "./blamed-features.tsx";
import { ChangesBefore } from "./changes-before.tsx";
import { Evidence } from "./evidence.tsx";
import styles from "./incident.module.css";
import { IncidentActions } from "./incident-actions.tsx";
import { NextSteps } from "./next-steps.tsx";
import { NoteDraft } from "./note-draft.tsx";
import { Notifications } from "./notifications.tsx";
import { RelatedIncidents } from "./related-incidents.tsx";
import { Retrainings } from "./retrainings.tsx";

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<PageProps, "params">): Promise<Metadata> {
  const { id } = await params;
  const principal = await requirePrincipal();
  const view = await loadIncidentPage(principal, id);
  return { title: view?.incident.title ?? "Incident not found" };
}

/** IncidentPage tells one incident: cause first, what happened, what to blame, the evidence, who was notified, and what was done. */
export default async function IncidentPage({ params, searchParams }: PageProps) {
  const { id } = await params;
  const principal = await requirePrincipal();
  const view = await loadIncidentPage(principal, id);
  if (view === undefined) notFound();
  const { incident, madeAt } = view;
  const asked = usefulnessSchema.safeParse((await searchParams)["useful"]).data;
  return (
    <NoteDraft>
      <PageHead
        trail={
          <>
            <Link href="/incidents">Incidents</Link> /{" "}
            <Link href={`/models/${encodeURIComponent(incident.model)}`}>{incident.model}</Link> version{" "}
            {incident.version}
          </>
        }
        title={incident.title}
        aside={<AutoRefresh madeAt={madeAt} seconds={10} />}
      />
      <section className={styles["lead"]} aria-label="State and cause">
        <div className={styles["cause"]}>
          <p className={styles["badges"]}>
            <StateBadge state={incident.state}>
              {incidentStateWords(incident.state)}: {causeName(incident.cause)}
            </StateBadge>
            <SeverityBadge severity={incident.severity} />
          </p>
          <p className={styles["meaning"]}>
            {causeMeaning(incident.cause)}{" "}
            <span className={styles["confidence"]}>Cause: {confidenceWords(incident.confidence)}.</span>
          </p>
          {incident.severity_reason !== undefined && (
            <p className={styles["times"]}>
              {severityWords(incident.severity)}: {incident.severity_reason}.
            </p>
          )}
          {incident.follows_from !== undefined && (
            <p className={styles["summary"]}>
              Follows from an incident of {incident.follows_from.model}:{" "}
              <Link href={`/incidents/${encodeURIComponent(incident.follows_from.id)}`}>
                {incident.follows_from.title}
              </Link>
            </p>
          )}
          <p className={styles["summary"]}>{incident.summary}</p>
          <p className={styles["times"]}>
            First failing window {formatDate(incident.started_at, madeAt)}, last failing window ended{" "}
            {formatDate(incident.last_failing_at, madeAt)}
            {incident.state !== "resolved" && incident.healthy_windows > 0
              ? `; ${incident.healthy_windows} healthy ${incident.healthy_windows === 1 ? "window" : "windows"} since`
              : ""}
            .{incident.resolution !== undefined && <> {incident.resolution}.</>}
          </p>
          {people(view) !== "" && <p className={styles["times"]}>{people(view)}</p>}
        </div>
        <IncidentActions
          incidentId={incident.id}
          allowed={view.allowed}
          acknowledgedBy={incident.state === "acknowledged" ? incident.acknowledged_by : undefined}
          assignee={incident.assignee}
          useful={incident.useful}
          offers={expectedOffers(incident)}
          askedUseful={asked}
          canAct={view.canAct}
        />
      </section>
      <div className={styles["columns"]}>
        <div className={styles["column"]}>
          <BlamedFeatures incident={incident} />
          <Evidence incident={incident} now={madeAt} />
        </div>
        <div className={styles["column"]}>
          <NextSteps steps={incident.next_steps} />
          <ChangesBefore incident={incident} now={madeAt} />
          <Notifications notifications={view.notifications} now={madeAt} />
          <Retrainings
            retrainings={view.retrainings}
            model={incident.model}
            now={madeAt}
            canAct={view.canAct}
          />
          <Activity view={view} />
          <RelatedIncidents incidents={view.related} now={madeAt} />
        </div>
      </div>
    </NoteDraft>
  );
}

function people({ incident, madeAt }: IncidentPageView): string {
  const { owner, assignee, snoozed_until: until, snoozed_by: by } = incident;
  return [
    ...(owner === undefined ? [] : [`Owner of the model: ${owner}.`]),
    ...(assignee === undefined ? [] : [`Assigned to ${assignee}.`]),
    ...(until === undefined || until <= madeAt || incident.state === "resolved"
      ? []
      : [`Snoozed by ${by} until ${formatDate(until, madeAt)}.`]),
  ].join(" ");
}
