import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadReferencesPage } from "../../../../../server/load-references-page.ts";
import { requirePrincipal } from "../../../../../server/principal.ts";
import { CopyButton } from "../../../../../ui/copy-button.tsx";
import { DataTable } from "../../../../../ui/data-table.tsx";
import { EmptyList } from "../../../../../ui/empty-list.tsx";
import { Instant } from "../../../../../ui/instant.tsx";
import { Link } from "../../../../../ui/link.tsx";
import { PageHead } from "../../../../../ui/page-head.tsx";
import { Panel } from "../../../../../ui/panel.tsx";
import { formatWindow } from "../../../../../view/format-time.ts";
import { formatCount } from "../../../../../view/number-words.ts";
import { REFERENCE_SOURCES } from "../../../../../view/reference-name.ts";
import { uploadCommand } from "../../../../../view/upload-command.ts";
import { ReferencePanel } from "../reference-panel.tsx";
import styles from "./references.module.css";

interface PageProps {
  params: Promise<{ model: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `References of ${decodeURIComponent((await params).model)}` };
}

/** ReferencesPage shows what each version of a model is compared with, replaces it after saying what will be judged again, and tells how to upload another one. */
export default async function ReferencesPage({ params }: PageProps) {
  const principal = await requirePrincipal();
  const model = decodeURIComponent((await params).model);
  const view = await loadReferencesPage(principal, model);
  if (view === undefined) notFound();
  const { versions, all, madeAt } = view;
  const command = uploadCommand({ url: view.apiUrl, model, version: versions[0]?.traffic.version ?? "1" });
  return (
    <>
      <PageHead
        trail={<Link href={`/models/${encodeURIComponent(model)}`}>{model}</Link>}
        title="References"
        sentence="Each window of a version is compared with its reference: a training set that you upload, a window of its own traffic, or its first days."
      />
      {versions.length === 0 && (
        <EmptyList>No version has traffic yet; a training set can be uploaded before.</EmptyList>
      )}
      {versions.map(({ traffic, references }) => (
        <ReferencePanel
          key={`${traffic.environment} ${traffic.version}`}
          id={`of-${traffic.environment}-${encodeURIComponent(traffic.version)}`}
          references={references}
          version={traffic}
          model={model}
          now={madeAt}
        />
      ))}
      <Panel id="all" title="All references of this model">
        {all.length === 0 ? (
          <p className={styles["soft"]}>There is none yet.</p>
        ) : (
          <DataTable
            caption="References, newest first"
            columns={[
              { header: "Source" },
              { header: "Version" },
              { header: "Period" },
              { header: "Rows", numeric: true },
              { header: "Labelled", numeric: true },
              { header: "Features", numeric: true },
              { header: "Made" },
              { header: "Id" },
            ]}
            rows={all.map((one) => ({
              key: one.id,
              cells: [
                REFERENCE_SOURCES[one.source],
                one.version,
                formatWindow(one.from, one.to, madeAt),
                formatCount(one.rows),
                formatCount(one.labelledRows),
                formatCount(one.features),
                <Instant key="made" time={one.createdAt} now={madeAt} />,
                <code key="id">{one.id}</code>,
              ],
            }))}
          />
        )}
      </Panel>
      <Panel id="upload" title="Upload a training set" note="CSV, NDJSON or Parquet">
        <div className={styles["upload"]}>
          <p>
            Rows as the model saw them, with its scores and, where there are any, labels. The mapping says
            which column is what; all others are features. A key with the scope <code>manage</code> is enough.
          </p>
          <pre
            className={styles["code"]}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            tabIndex={0}
          >
            <code>{command}</code>
          </pre>
          <CopyButton text={command} of="the command" />
        </div>
      </Panel>
    </>
  );
}
