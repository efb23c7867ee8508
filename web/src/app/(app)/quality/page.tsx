import type { Metadata } from "next";
import { loadQualityPage } from "../../../server/load-quality-page.ts";
import { requirePrincipal } from "../../../server/principal.ts";
import { Age } from "../../../ui/age.tsx";
import { AutoRefresh } from "../../../ui/auto-refresh.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { Link } from "../../../ui/link.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { QualityFindings } from "../../../ui/quality-findings.tsx";
import { qualitySentence } from "../../../view/data-quality.ts";
import { formatCount } from "../../../view/number-words.ts";

export const metadata: Metadata = { title: "Data quality" };

const NAMELESS = "events that name no model";

/** QualityPage lists the models by what was refused of their events, from the first refused event on, with the findings of one of them. */
export default async function QualityPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requirePrincipal();
  const asked = (await props.searchParams)["model"];
  const model = typeof asked === "string" ? asked.slice(0, 512) : undefined;
  const { models, findings, madeAt } = await loadQualityPage(principal, model);
  return (
    <>
      <PageHead
        trail={model === undefined ? undefined : <Link href="/quality">All models</Link>}
        title="Data quality"
        sentence={qualitySentence(models)}
        aside={<AutoRefresh madeAt={madeAt} seconds={10} />}
      />
      {findings !== undefined && (
        <Panel
          id="findings"
          title={model === "" ? "Events that name no model" : (model ?? "")}
          note="in the last week"
        >
          <QualityFindings findings={findings} now={madeAt} />
        </Panel>
      )}
      {models.length > 0 && (
        <Panel id="models" title="By model" note="in the last week">
          <DataTable
            caption="Refused events by model"
            columns={[
              { header: "Model" },
              { header: "Events refused", numeric: true },
              { header: "Unknown fields left out", numeric: true },
              { header: "Newest", numeric: true },
            ]}
            rows={models.map((one) => ({
              key: one.model,
              cells: [
                <Link key="model" href={`/quality?model=${encodeURIComponent(one.model)}`}>
                  {one.model === "" ? NAMELESS : one.model}
                </Link>,
                formatCount(one.refused),
                formatCount(one.unknown),
                one.lastAt === undefined ? "–" : <Age key="age" time={one.lastAt} now={madeAt} />,
              ],
            }))}
          />
        </Panel>
      )}
    </>
  );
}
