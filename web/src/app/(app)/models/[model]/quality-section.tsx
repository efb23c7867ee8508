import { loadDataQuality } from "../../../../server/load-data-quality.ts";
import type { Principal } from "../../../../server/principal.ts";
import { QualityFindings } from "../../../../ui/quality-findings.tsx";

/** QualitySection shows what was refused or dropped of a model's data and which features look like mistakes, or says that nothing was. */
export async function QualitySection(props: { principal: Principal; model: string; now: number }) {
  const findings = await loadDataQuality(props.principal, props.model);
  return <QualityFindings findings={findings} now={props.now} />;
}
