"use client";

import type { MonitorPreview } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import fieldStyles from "../../../ui/fields.module.css";
import formStyles from "../../../ui/form.module.css";
import { Panel } from "../../../ui/panel.tsx";
import { type Problem, readProblems } from "../../../ui/read-problem.ts";
import { type MonitorFields, monitorWish, monitorYaml } from "../../../view/monitor-wish.ts";
import { MonitorFieldset } from "./monitor-fieldset.tsx";
import { MonitorPreviewView } from "./monitor-preview-view.tsx";
import styles from "./monitors.module.css";

type Step = "ready" | "saving" | "trying" | "asks" | "removing";

/** MonitorForm edits a monitor beside its file and, on request, beside what it would have done on the stored history. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one form, whose fields share their state
export function MonitorForm(props: {
  choices: { models: string[]; channels: { id: string; name: string }[] };
  initial: MonitorFields;
  stored: Monitor | undefined;
}) {
  const { stored } = props;
  const router = useRouter();
  const [fields, setFields] = useState(props.initial);
  const [step, setStep] = useState<Step>("ready");
  const [problem, setProblem] = useState<Problem>();
  const [preview, setPreview] = useState<MonitorPreview>();
  const [isSaved, setSaved] = useState(false);
  const wish = monitorWish(fields, stored);
  const isBusy = step !== "ready" && step !== "asks";

  function change(changed: Partial<MonitorFields>) {
    setFields({ ...fields, ...changed });
    setPreview(undefined);
    setSaved(false);
  }

  async function ask(path: string, method: string): Promise<Response | undefined> {
    setProblem(undefined);
    const answer = await fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      ...(method === "DELETE" ? {} : { body: JSON.stringify(wish) }),
    }).catch(() => undefined);
    setStep("ready");
    if (answer?.ok === true) return answer;
    setProblem(await readProblems(answer));
    return undefined;
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    setStep("saving");
    const answer = await ask(
      stored === undefined ? "/api/monitors" : `/api/monitors/${encodeURIComponent(stored.id)}`,
      stored === undefined ? "POST" : "PUT",
    );
    if (answer === undefined) return;
    const { id } = (await answer.json()) as { id: string };
    setSaved(true);
    if (stored === undefined) router.push(`/monitors/${encodeURIComponent(id)}`);
    else router.refresh();
  }

  async function tryOut() {
    setStep("trying");
    const answer = await ask("/api/monitors/preview", "POST");
    if (answer !== undefined) setPreview((await answer.json()) as MonitorPreview);
  }

  async function remove() {
    if (stored === undefined) return;
    if (step !== "asks") return setStep("asks");
    setStep("removing");
    const answer = await ask(`/api/monitors/${encodeURIComponent(stored.id)}`, "DELETE");
    if (answer !== undefined) router.push("/monitors");
  }

  return (
    <div className={styles["editor"]}>
      <Panel id="monitor" title="Monitor">
        <form className={fieldStyles["form"]} onSubmit={(event) => void save(event)} noValidate>
          <MonitorFieldset
            fields={fields}
            choices={props.choices}
            problems={problem?.fields ?? {}}
            isNew={stored === undefined}
            onChange={change}
          />
          <p className={fieldStyles["problem"]} role="alert">
            {problem?.sentence}
          </p>
          <p className={fieldStyles["effect"]} role="status">
            {isSaved && "Saved. Its windows are judged anew within a few minutes."}
            {step === "trying" && "Judging the stored history. This can take a minute."}
          </p>
          <div className={fieldStyles["buttons"]}>
            <button
              type="button"
              className={formStyles["button"]}
              disabled={isBusy}
              onClick={() => void tryOut()}
            >
              How often would it have fired?
            </button>
            <button type="submit" className={formStyles["button"]} data-confirms="true" disabled={isBusy}>
              {stored === undefined ? "Create" : "Save"}
            </button>
            {stored !== undefined && (
              <button
                type="button"
                className={formStyles["button"]}
                disabled={isBusy}
                onClick={() => void remove()}
                onBlur={() => step === "asks" && setStep("ready")}
              >
                {step === "asks" ? "Really remove it?" : "Remove"}
              </button>
            )}
          </div>
        </form>
      </Panel>
      <div className={styles["side"]}>
        {preview !== undefined && (
          <Panel id="preview" title="On what is stored">
            <MonitorPreviewView preview={preview} />
          </Panel>
        )}
        <Panel id="yaml" title="As a file" note="for leeway apply">
          <pre
            className={styles["yaml"]}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            tabIndex={0}
          >
            <code>{monitorYaml(stored?.id ?? "my-monitor", wish)}</code>
          </pre>
        </Panel>
      </div>
    </div>
  );
}
