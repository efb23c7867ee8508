"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import formStyles from "../../../ui/form.module.css";
import { readProblem } from "../../../ui/read-problem.ts";
import { type SilenceFields, silenceWish } from "../../../view/silence-wish.ts";
import styles from "./silences.module.css";

interface Choice {
  value: string;
  words: string;
}

const DAYS = [
  ["mon", "Mon"],
  ["tue", "Tue"],
  ["wed", "Wed"],
  ["thu", "Thu"],
  ["fri", "Fri"],
  ["sat", "Sat"],
  ["sun", "Sun"],
] as const;

/** SilenceForm makes a silence: the first press says what it would keep back, the second one makes it. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one form, whose fields share their state
export function SilenceForm(props: {
  models: string[];
  causes: Choice[];
  severities: Choice[];
  chosen: { model: string; cause: string; feature: string };
}) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isRecurring, setRecurring] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [effect, setEffect] = useState<string>();
  const [message, setMessage] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const isDryRun = effect === undefined;
    const data = new FormData(form.current!);
    const fields = { ...Object.fromEntries(data), days: data.getAll("days") } as unknown as SilenceFields;
    setBusy(true);
    setMessage(undefined);
    const answer = await fetch("/api/silences", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...silenceWish(fields, Date.now()), dry_run: isDryRun }),
    }).catch(() => undefined);
    setBusy(false);
    if (answer?.ok !== true) {
      setEffect(undefined);
      setMessage(await readProblem(answer));
    } else if (isDryRun) {
      setEffect(((await answer.json()) as { sentence: string }).sentence);
    } else {
      setEffect(undefined);
      form.current?.reset();
      setRecurring(false);
      router.refresh();
    }
  }

  return (
    <form
      ref={form}
      className={formStyles["form"]}
      onSubmit={(event) => void submit(event)}
      onChange={() => setEffect(undefined)}
    >
      <div className={formStyles["fields"]}>
        <label>
          Model
          <input
            name="model"
            list="silence-models"
            defaultValue={props.chosen.model}
            placeholder="all models"
            maxLength={256}
          />
          <datalist id="silence-models">
            {props.models.map((model) => (
              <option key={model} value={model} />
            ))}
          </datalist>
        </label>
        <Select
          label="Cause"
          name="cause"
          all="all causes"
          choices={props.causes}
          chosen={props.chosen.cause}
        />
        <Select label="Severity" name="severity" all="any" choices={props.severities} chosen="" />
        <label>
          Only feature
          <input
            name="feature"
            defaultValue={props.chosen.feature}
            placeholder="any feature"
            maxLength={256}
          />
        </label>
        <label>
          Owner
          <input name="owner" placeholder="any owner" maxLength={256} />
        </label>
        <label>
          For
          <select key={String(isRecurring)} name="hours" defaultValue={isRecurring ? "8760" : "4"}>
            <option value="1">1 hour</option>
            <option value="4">4 hours</option>
            <option value="24">1 day</option>
            <option value="168">1 week</option>
            <option value="720">30 days</option>
            <option value="8760">1 year</option>
          </select>
        </label>
        <label className={formStyles["wide"]}>
          Why
          <input
            name="comment"
            required
            maxLength={2_048}
            placeholder="planned migration of the feature store"
          />
        </label>
      </div>
      <label className={formStyles["check"]}>
        <input
          type="checkbox"
          checked={isRecurring}
          onChange={(event) => setRecurring(event.target.checked)}
        />
        only at some hours of the week
      </label>
      {isRecurring && (
        <fieldset className={formStyles["inline"]}>
          <legend className="visually-hidden">Hours of the week</legend>
          <div className={styles["days"]}>
            {DAYS.map(([value, words]) => (
              <label key={value} className={formStyles["check"]}>
                <input type="checkbox" name="days" value={value} defaultChecked />
                {words}
              </label>
            ))}
          </div>
          <label>
            from <input type="time" name="from" required defaultValue="22:00" />
          </label>
          <label>
            to <input type="time" name="to" required defaultValue="06:00" />
          </label>
          <label>
            in{" "}
            <input
              name="time_zone"
              required
              defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
              suppressHydrationWarning
            />
          </label>
        </fieldset>
      )}
      <p className={formStyles["effect"]} role="status">
        {effect}
      </p>
      <p className={formStyles["problem"]} role="alert">
        {message}
      </p>
      <button
        type="submit"
        className={formStyles["button"]}
        disabled={isBusy}
        data-confirms={effect !== undefined}
      >
        {effect === undefined ? "What would be silenced?" : "Silence"}
      </button>
    </form>
  );
}

function Select(props: { label: string; name: string; all: string; choices: Choice[]; chosen: string }) {
  return (
    <label>
      {props.label}
      <select name={props.name} defaultValue={props.chosen}>
        <option value="">{props.all}</option>
        {props.choices.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
