import { Link } from "../../../../ui/link.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { formatWindow } from "../../../../view/format-time.ts";
import type { ReferencesView, SeenVersion } from "../../../../view/model-page.ts";
import { formatCount } from "../../../../view/number-words.ts";
import { REFERENCE_SOURCES, referenceName } from "../../../../view/reference-name.ts";
import { ReferenceForm } from "./reference-form.tsx";
import styles from "./sections.module.css";

/** ReferencePanel says what the shown version is compared with, marks a reference that nobody chose, and offers to replace it. */
export function ReferencePanel(props: {
  id?: string;
  references: ReferencesView | undefined;
  version: Pick<SeenVersion, "version" | "environment"> | undefined;
  model: string;
  now: number;
}) {
  const { references, version, now } = props;
  const current = references?.current;
  return (
    <Panel
      id={props.id ?? "reference"}
      title={props.id === undefined ? "Reference" : `Version ${version?.version}, ${version?.environment}`}
      note={
        props.id === undefined ? (
          <>
            {version === undefined ? "" : `of version ${version.version} · `}
            <Link href={`/models/${encodeURIComponent(props.model)}/references`}>all references</Link>
          </>
        ) : undefined
      }
    >
      {current === undefined ? (
        <p className={styles["empty"]}>
          {references?.waitsBecause ?? "No version has traffic yet"}. You can also upload a training set.
        </p>
      ) : (
        <dl className={styles["pairs"]}>
          <div>
            <dt>Source</dt>
            <dd>
              {REFERENCE_SOURCES[current.source]}
              {current.chosenBy !== undefined ? (
                <span className={styles["mark"]}>chosen by {current.chosenBy}</span>
              ) : (
                current.source === "automatic" && (
                  <span className={styles["mark"]}>nobody has confirmed it</span>
                )
              )}
            </dd>
          </div>
          <div>
            <dt>Period</dt>
            <dd>
              {formatWindow(current.from, current.to, now)}, version {current.version}
            </dd>
          </div>
          <div>
            <dt>Rows</dt>
            <dd>
              {formatCount(current.rows)}, {formatCount(current.labelledRows)} of them labelled
            </dd>
          </div>
          <div>
            <dt>Features</dt>
            <dd>{formatCount(current.features)}</dd>
          </div>
          <div>
            <dt>Id</dt>
            <dd>
              <code>{current.id}</code>
            </dd>
          </div>
        </dl>
      )}
      {version !== undefined && references?.canChange === true && (
        <ReferenceForm
          key={`${version.environment} ${version.version}`}
          model={props.model}
          version={version.version}
          environment={version.environment}
          choices={references.all
            .filter(({ id }) => id !== current?.id)
            .map((one) => ({ id: one.id, name: referenceName(one, now) }))}
        />
      )}
    </Panel>
  );
}
