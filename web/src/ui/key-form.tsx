"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { CopyButton } from "./copy-button.tsx";
import { Field } from "./field.tsx";
import fieldStyles from "./fields.module.css";
import formStyles from "./form.module.css";
import styles from "./key-form.module.css";
import { type Problem, readProblems } from "./read-problem.ts";

const SCOPES = [
  ["ingest", "send predictions, labels and metrics"],
  ["report", "report on retrainings"],
  ["manage", "set references and describe versions"],
  ["read", "read"],
  ["admin", "everything"],
] as const;

/** KeyForm makes an API key and shows it once. */
export function KeyForm({ name, onlyIngest = false }: { name: string; onlyIngest?: boolean }) {
  const router = useRouter();
  const [key, setKey] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const scopes = onlyIngest ? ["ingest"] : data.getAll("scopes");
    setBusy(true);
    setProblem(undefined);
    const answer = await fetch("/api/keys", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: String(data.get("name")).trim(), scopes }),
    }).catch(() => undefined);
    setBusy(false);
    if (answer?.ok !== true) return setProblem(await readProblems(answer));
    setKey(((await answer.json()) as { key: string }).key);
    router.refresh();
  }

  if (key !== undefined) {
    return (
      <div className={styles["made"]} role="status">
        <p>This is the key. It is shown only now: keep it where your service reads it.</p>
        <div className={styles["row"]}>
          <code className={styles["key"]}>{key}</code>
          <CopyButton text={key} of="the key" />
        </div>
      </div>
    );
  }
  return (
    <form className={fieldStyles["form"]} onSubmit={(event) => void submit(event)}>
      <div className={fieldStyles["fields"]}>
        <Field label="Name of the key" problem={problem?.fields["name"]}>
          {(control) => <input {...control} name="name" defaultValue={name} required maxLength={128} />}
        </Field>
      </div>
      {!onlyIngest && (
        <fieldset className={fieldStyles["fields"]}>
          <legend>What it may do</legend>
          <div className={fieldStyles["checks"]}>
            {SCOPES.map(([scope, words]) => (
              <label key={scope} className={fieldStyles["check"]}>
                <input type="checkbox" name="scopes" value={scope} defaultChecked={scope === "ingest"} />
                <span>
                  <code>{scope}</code>: {words}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <p className={fieldStyles["problem"]} role="alert">
        {problem?.sentence}
      </p>
      <div>
        <button type="submit" className={formStyles["button"]} disabled={isBusy}>
          Make a key
        </button>
      </div>
    </form>
  );
}
