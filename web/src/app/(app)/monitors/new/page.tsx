import { monitorKindSchema } from "@leeway/core/records";
import type { Metadata } from "next";
import { loadMonitorChoices } from "../../../../server/monitors.ts";
import { requirePrincipal } from "../../../../server/principal.ts";
import { EmptyList } from "../../../../ui/empty-list.tsx";
import { Link } from "../../../../ui/link.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { fieldsOfMonitor } from "../../../../view/monitor-wish.ts";
import { readAddress } from "../../../../view/page-address.ts";
import { MonitorForm } from "../monitor-form.tsx";

export const metadata: Metadata = { title: "New monitor" };

/** NewMonitorPage makes a monitor, after showing how often it would have fired. */
export default async function NewMonitorPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requirePrincipal();
  const { model, kind } = readAddress(await props.searchParams, ["model", "kind"]);
  const choices = await loadMonitorChoices(principal);
  const chosen = monitorKindSchema.safeParse(kind).data ?? "drift";
  return (
    <>
      <PageHead
        trail={<Link href="/monitors">Monitors</Link>}
        title={chosen === "latency_slo" ? "New objective" : "New monitor"}
        sentence="Try it on what is stored before you save it: the page says how often it would have fired."
      />
      {principal.role === "admin" ? (
        <MonitorForm
          choices={choices}
          initial={fieldsOfMonitor({ kind: chosen, ...(model === undefined ? {} : { model }) })}
          stored={undefined}
        />
      ) : (
        <EmptyList>Your role may look at monitors but not make them.</EmptyList>
      )}
    </>
  );
}
