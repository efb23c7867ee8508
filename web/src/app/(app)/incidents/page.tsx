import { severitySchema } from "@leeway/core/records";
import { severityWords } from "@leeway/core/words";
import type { Metadata } from "next";
import { isOpen, loadIncidentLog } from "../../../server/incidents.ts";
import { now } from "../../../server/now.ts";
import { requirePrincipal } from "../../../server/principal.ts";
import { AutoRefresh } from "../../../ui/auto-refresh.tsx";
import { EmptyList } from "../../../ui/empty-list.tsx";
import { Link } from "../../../ui/link.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { addressWith, readAddress } from "../../../view/page-address.ts";
import { IncidentFilters } from "./incident-filters.tsx";
import { IncidentRow } from "./incident-row.tsx";
import styles from "./incidents.module.css";

export const metadata: Metadata = { title: "Incidents" };

const TABS = [
  { id: "open", label: "Open" },
  { id: "pending", label: "Pending" },
  { id: "resolved", label: "Resolved" },
] as const;

/** IncidentsPage lists incidents by the work they still ask for. */
export default async function IncidentsPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requirePrincipal();
  const address = readAddress(await props.searchParams, ["show", "severity", "owner"]);
  const tab = TABS.find(({ id }) => id === address["show"])?.id ?? "open";
  const severity = severitySchema.safeParse(address["severity"]).data;
  const log = await loadIncidentLog(principal.project);
  const owner = address["owner"];
  const owners = [...new Set(log.incidents.flatMap((one) => one.owner ?? []))].sort();
  const incidents = log.incidents.filter(
    (one) =>
      (severity === undefined || one.severity === severity) && (owner === undefined || one.owner === owner),
  );
  const groups = {
    open: incidents.filter(isOpen),
    pending: incidents.filter(({ state }) => state === "pending"),
    resolved: incidents.filter(({ state }) => state === "resolved"),
  };
  const madeAt = now();
  return (
    <>
      <PageHead
        title="Incidents"
        sentence="One incident is one cause: the failing checks of a model version that belong together."
        aside={<AutoRefresh madeAt={madeAt} seconds={10} />}
      />
      <nav className={styles["tabs"]} aria-label="Incidents by state">
        {TABS.map(({ id, label }) => (
          <Link
            key={id}
            href={addressWith("/incidents", { severity, owner }, { show: id === "open" ? undefined : id })}
            className={styles["tab"]}
            {...(id === tab ? { "aria-current": "page" as const } : {})}
          >
            {label} <span className={styles["tabCount"]}>{groups[id].length}</span>
          </Link>
        ))}
      </nav>
      <IncidentFilters
        name="severity"
        label="Incidents by severity"
        choices={severitySchema.options.map((value) => ({ value, words: severityWords(value) }))}
        chosen={severity}
        address={{ show: tab === "open" ? undefined : tab, owner }}
      />
      {owners.length > 0 && (
        <IncidentFilters
          name="owner"
          label="Incidents by owner"
          choices={owners.map((value) => ({ value, words: value }))}
          chosen={owner}
          address={{ show: tab === "open" ? undefined : tab, severity }}
        />
      )}
      {groups[tab].length === 0 ? (
        <EmptyList>{severity === undefined && owner === undefined ? EMPTY[tab] : EMPTY_FILTERED}</EmptyList>
      ) : (
        <ul className={styles["list"]}>
          {groups[tab].map((incident) => (
            <li key={incident.id}>
              <IncidentRow incident={incident} now={madeAt} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const EMPTY_FILTERED = "None of these is as chosen above.";

const EMPTY = {
  open: "No incident is open.",
  pending: "No failing windows are waiting to become an incident.",
  resolved: "No incident has been resolved yet.",
} as const;
