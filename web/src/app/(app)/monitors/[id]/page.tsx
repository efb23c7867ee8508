import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadMonitor, loadMonitorChoices } from "../../../../server/monitors.ts";
import { requirePrincipal } from "../../../../server/principal.ts";
import { Link } from "../../../../ui/link.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { fieldsOfMonitor, monitorWish, monitorYaml } from "../../../../view/monitor-wish.ts";
import { MONITOR_KINDS, monitorRule, monitorScope } from "../../../../view/monitor-words.ts";
import { MonitorForm } from "../monitor-form.tsx";
import styles from "../monitors.module.css";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const monitor = await loadMonitor(await requirePrincipal(), decodeURIComponent((await params).id));
  return {
    title: monitor === undefined ? "Not found" : `${MONITOR_KINDS[monitor.kind]} of ${monitor.model}`,
  };
}

/** MonitorPage shows one monitor as a form and as a file; a person who may change it tries the change on what is stored first. */
export default async function MonitorPage({ params }: PageProps) {
  const principal = await requirePrincipal();
  const id = decodeURIComponent((await params).id);
  const [monitor, choices] = await Promise.all([loadMonitor(principal, id), loadMonitorChoices(principal)]);
  if (monitor === undefined) notFound();
  const fields = fieldsOfMonitor(monitor);
  return (
    <>
      <PageHead
        trail={<Link href="/monitors">Monitors</Link>}
        title={`${MONITOR_KINDS[monitor.kind]} of ${monitor.model}`}
        sentence={`${monitorScope(monitor)}: ${monitorRule(monitor)}.${
          monitor.automatic ? " Leeway made it by itself; once you save it, it is yours." : ""
        }`}
      />
      {principal.role === "admin" ? (
        <MonitorForm choices={choices} initial={fields} stored={monitor} />
      ) : (
        <Panel id="yaml" title="As a file">
          <pre className={styles["yaml"]}>
            <code>{monitorYaml(monitor.id, monitorWish(fields, monitor))}</code>
          </pre>
        </Panel>
      )}
    </>
  );
}
