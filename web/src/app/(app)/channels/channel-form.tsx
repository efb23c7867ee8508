"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import formStyles from "../../../ui/form.module.css";
import { Link } from "../../../ui/link.tsx";
import { readProblem } from "../../../ui/read-problem.ts";
import { type ChannelField, channelWish } from "../../../view/channel-wish.ts";
import styles from "./channels.module.css";

/** ChannelForm makes a channel of one kind, or changes one; a secret that the server made is shown once. */
export function ChannelForm(props: { kind: string; fields: ChannelField[]; id?: string }) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [made, setMade] = useState<{ id: string; secret: string }>();
  const [effect, setEffect] = useState<string>();
  const [message, setMessage] = useState<string>();
  const isNew = props.id === undefined;

  async function preview(form: HTMLFormElement) {
    const data = new FormData(form);
    const parts = props.fields.filter(({ name }) => name.startsWith("subscribes."));
    const wish = channelWish(parts, (name) => data.getAll(name).map(String), true);
    setMessage(undefined);
    if (wish.outcome === "unreadable") return setMessage(wish.message);
    const answer = await fetch("/api/channels/preview", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wish.body),
    }).catch(() => undefined);
    if (answer?.ok !== true) return setMessage(await readProblem(answer));
    setEffect(((await answer.json()) as { sentence: string }).sentence);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const wish = channelWish(props.fields, (name) => data.getAll(name).map(String), isNew);
    setEffect(undefined);
    setMessage(undefined);
    if (wish.outcome === "unreadable") return setMessage(wish.message);
    setBusy(true);
    const answer = await fetch(isNew ? "/api/channels" : `/api/channels/${encodeURIComponent(props.id!)}`, {
      method: isNew ? "POST" : "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...wish.body, kind: props.kind }),
    }).catch(() => undefined);
    setBusy(false);
    if (answer?.ok !== true) return setMessage(await readProblem(answer));
    if (!isNew) {
      setEffect("Saved.");
      return router.refresh();
    }
    const { id, secret } = (await answer.json()) as { id: string; secret?: string };
    if (secret === undefined) router.push(`/channels/${encodeURIComponent(id)}`);
    else setMade({ id, secret });
  }

  if (made !== undefined) {
    return (
      <div role="status" className={`${formStyles["form"]} ${styles["secret"]}`}>
        <p>
          The channel is made. This secret signs its requests, and it is shown only now:{" "}
          <code>{made.secret}</code>
        </p>
        <Link href={`/channels/${encodeURIComponent(made.id)}`}>To the channel</Link>
      </div>
    );
  }
  return (
    <form className={formStyles["form"]} onSubmit={(event) => void submit(event)}>
      <div className={formStyles["fields"]}>
        {props.fields.map((field) => (
          <Field key={field.name} field={field} />
        ))}
      </div>
      <p className={formStyles["effect"]} role="status">
        {effect}
      </p>
      <p className={formStyles["problem"]} role="alert">
        {message}
      </p>
      <div className={styles["actions"]}>
        <button
          type="button"
          className={formStyles["button"]}
          onClick={({ currentTarget: { form } }) => void (form && preview(form))}
        >
          What would it have received?
        </button>
        <button type="submit" className={formStyles["button"]} disabled={isBusy} data-confirms="true">
          {isNew ? "Add channel" : "Save"}
        </button>
      </div>
    </form>
  );
}

function Field({ field }: { field: ChannelField }) {
  const { name, label, input, choices = [], value, isRequired, isKept, isSecret } = field;
  const hint = isKept ? "leave empty to keep it" : field.hint;
  const words = <span className={formStyles["hint"]}>{hint}</span>;
  if (input === "check") {
    return (
      <label className={formStyles["check"]}>
        <input type="checkbox" name={name} defaultChecked={value !== ""} />
        {label}
      </label>
    );
  }
  if (input === "choices") {
    const chosen = new Set(value.split("\n"));
    return (
      <fieldset>
        <legend>
          {label} {words}
        </legend>
        {choices.map((choice) => (
          <label key={choice.value} className={formStyles["check"]}>
            <input
              type="checkbox"
              name={name}
              value={choice.value}
              defaultChecked={chosen.has(choice.value)}
            />
            {choice.words}
          </label>
        ))}
      </fieldset>
    );
  }
  if (input === "choice") {
    return (
      <label>
        {label}
        <select name={name} defaultValue={value}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.words}
            </option>
          ))}
        </select>
        {words}
      </label>
    );
  }
  if (input === "lines" || input === "json") {
    return (
      <label>
        {label}
        <textarea name={name} defaultValue={value} required={isRequired} spellCheck={false} />
        {words}
      </label>
    );
  }
  return (
    <label>
      {label}
      <input
        name={name}
        type={isSecret ? "password" : input === "number" ? "number" : "text"}
        step="any"
        defaultValue={value}
        required={isRequired}
        autoComplete={isSecret ? "new-password" : "off"}
        spellCheck={false}
      />
      {words}
    </label>
  );
}
