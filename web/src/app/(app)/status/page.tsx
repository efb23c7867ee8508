import { healthWords } from "@leeway/core/health";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { loadStatus, type StatusView } from "../../../server/load-status.ts";
import { requirePrincipal } from "../../../server/principal.ts";
import { Age } from "../../../ui/age.tsx";
import { AutoRefresh } from "../../../ui/auto-refresh.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { Link } from "../../../ui/link.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { formatCount } from "../../../view/number-words.ts";
import { diskWords, formatBytes } from "../../../view/status-words.ts";
import styles from "./status.module.css";

export const metadata: Metadata = { title: "Status" };

/** StatusPage shows how Leeway itself stands: its services, its queues, its database, and how far each model is judged. */
export default async function StatusPage() {
  const principal = await requirePrincipal();
  const status = await loadStatus(principal);
  const services = servicesOf(status);
  const troubles = services.filter(({ problem }) => problem !== undefined);
  return (
    <>
      <PageHead
        title="Status"
        sentence={
          troubles.length === 0
            ? "Every service answers."
            : troubles.map(({ name, problem }) => `${name}: ${problem}`).join("; ")
        }
        aside={<AutoRefresh madeAt={status.madeAt} seconds={10} />}
      />
      <Panel id="services" title="Services">
        <DataTable
          caption="Services"
          columns={[{ header: "Service" }, { header: "State" }, { header: "More" }]}
          rows={services.map(({ name, problem, state, more }) => ({
            key: name,
            cells: [
              name,
              problem === undefined ? (
                (state ?? "Answers")
              ) : (
                <strong key="problem" className={styles["trouble"]}>
                  {problem}
                </strong>
              ),
              more,
            ],
          }))}
        />
      </Panel>
      {status.queues.states !== undefined && <QueuePanel states={status.queues.states} />}
      <ModelPanel status={status} />
      <Panel id="storage" title="Storage" note={`ClickHouse ${status.storage.version}`}>
        <DataTable
          caption="Tables, largest first"
          columns={[
            { header: "Table" },
            { header: "Rows", numeric: true },
            { header: "On disk", numeric: true },
          ]}
          rows={status.storage.tables.map(({ table, rows, bytes }) => ({
            key: table,
            cells: [<code key="table">{table}</code>, formatCount(rows), formatBytes(bytes)],
          }))}
        />
      </Panel>
    </>
  );
}

interface Service {
  name: string;
  problem: string | undefined;
  /** Absent: it answers. */
  state?: string;
  more: ReactNode;
}

function servicesOf({ api, queues, storage, newest, madeAt }: StatusView): Service[] {
  const disk = diskWords(storage.disk);
  const workers = queues.states?.find(({ queue }) => queue === "evaluate")?.workers;
  return [
    {
      name: "API",
      problem: api.problem,
      more: (
        <>
          {api.url}; newest prediction{" "}
          {newest.received === 0 ? "never" : <Age time={newest.received} now={madeAt} />}
        </>
      ),
    },
    {
      name: "Analyzer",
      ...(workers === undefined ? { state: "Not known without Redis" } : {}),
      problem: workers === 0 ? "none is running: no window is judged" : undefined,
      more: (
        <>
          {workers === undefined ? "" : `${formatCount(workers)} running; `}newest verdict{" "}
          {newest.judged === 0 ? "never" : <Age time={newest.judged} now={madeAt} />}
        </>
      ),
    },
    { name: "Redis", problem: queues.problem, more: "queues between API and analyzer" },
    {
      name: "Database",
      problem: disk.isLow ? "little room is left on its disk" : undefined,
      more: disk.words,
    },
  ];
}

const QUEUE_WORDS = {
  tick: "Looking for due windows",
  evaluate: "Judging windows",
  deliver: "Sending notifications",
  preview: "Trying monitors",
} as const;

function QueuePanel({ states }: { states: NonNullable<StatusView["queues"]["states"]> }) {
  return (
    <Panel id="queues" title="Queues">
      <DataTable
        caption="Queues"
        columns={[
          { header: "Work" },
          { header: "Waiting", numeric: true },
          { header: "Running", numeric: true },
          { header: "Failed", numeric: true },
          { header: "Workers", numeric: true },
        ]}
        rows={states.map(({ queue, waiting, running, failed, workers }) => ({
          key: queue,
          cells: [
            QUEUE_WORDS[queue],
            formatCount(waiting),
            formatCount(running),
            formatCount(failed),
            formatCount(workers),
          ],
        }))}
      />
    </Panel>
  );
}

function ModelPanel({ status }: { status: StatusView }) {
  return (
    <Panel id="models" title="Models" note="the same as leeway status">
      {status.models.length === 0 ? (
        <p className={styles["soft"]}>There is no model yet.</p>
      ) : (
        <DataTable
          caption="How each model does"
          columns={[
            { header: "Model" },
            { header: "Environment" },
            { header: "State" },
            { header: "Since" },
            { header: "Why" },
          ]}
          rows={status.models.map(({ model, environment, state, since, sentence }) => ({
            key: `${model} ${environment}`,
            cells: [
              <Link
                key="model"
                href={`/models/${encodeURIComponent(model)}${environment === "production" ? "" : `?environment=${environment}`}`}
              >
                {model}
              </Link>,
              environment,
              healthWords(state),
              since === undefined || since === null ? (
                "–"
              ) : (
                <Age key="since" time={since} now={status.madeAt} />
              ),
              <span key="why" className={styles["why"]}>
                {sentence}
              </span>,
            ],
          }))}
        />
      )}
    </Panel>
  );
}
