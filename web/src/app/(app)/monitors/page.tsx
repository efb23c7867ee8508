import { formatDuration } from "@leeway/core/duration";
import type { Metadata } from "next";
import { loadBurningIds } from "../../../server/burn-ins.ts";
import { loadMonitors } from "../../../server/monitors.ts";
import { requirePrincipal } from "../../../server/principal.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyList } from "../../../ui/empty-list.tsx";
import formStyles from "../../../ui/form.module.css";
import { Link } from "../../../ui/link.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { MONITOR_KINDS, monitorRule, monitorScope } from "../../../view/monitor-words.ts";
import { readAddress } from "../../../view/page-address.ts";

export const metadata: Metadata = { title: "Monitors" };

/** MonitorsPage lists the monitors of every model, or of one, and leads to each of them. */
export default async function MonitorsPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requirePrincipal();
  const { model } = readAddress(await props.searchParams, ["model"]);
  const all = await loadMonitors(principal);
  const monitors = all.filter((one) => model === undefined || one.model === model);
  const burning = await loadBurningIds(principal.project, monitors);
  const names = [...new Set(monitors.map((one) => one.model))];
  return (
    <>
      <PageHead
        trail={model === undefined ? undefined : <Link href="/monitors">All monitors</Link>}
        title="Monitors"
        sentence="A monitor judges each window of a model’s traffic. Leeway makes the first ones by itself; change them or add your own."
        aside={
          principal.role === "admin" && (
            <Link
              className={formStyles["main"] ?? ""}
              href={`/monitors/new${model === undefined ? "" : `?model=${encodeURIComponent(model)}`}`}
            >
              New monitor
            </Link>
          )
        }
      />
      {names.length === 0 && (
        <EmptyList>
          {model === undefined
            ? "There is no monitor yet. The first ones are made with a model’s first predictions."
            : `${model} has no monitor.`}
        </EmptyList>
      )}
      {names.map((name) => (
        <Panel
          key={name}
          id={`of-${encodeURIComponent(name)}`}
          title={name}
          note={<Link href={`/models/${encodeURIComponent(name)}`}>Open the model</Link>}
        >
          <DataTable
            caption={`Monitors of ${name}`}
            columns={[
              { header: "Kind" },
              { header: "Of" },
              { header: "Window" },
              { header: "Alerts on" },
              { header: "State" },
            ]}
            rows={monitors
              .filter((one) => one.model === name)
              .map((monitor) => ({
                key: monitor.id,
                cells: [
                  <Link key="kind" href={`/monitors/${encodeURIComponent(monitor.id)}`}>
                    {MONITOR_KINDS[monitor.kind]}
                  </Link>,
                  monitorScope(monitor),
                  formatDuration(monitor.window),
                  monitorRule(monitor),
                  `${monitor.enabled ? "On" : "Off"}${monitor.automatic ? ", made automatically" : ""}${
                    burning.has(monitor.id) ? ", new: records only, notifies nobody yet" : ""
                  }`,
                ],
              }))}
          />
        </Panel>
      ))}
    </>
  );
}
