"use client";

import type { MonitorKind } from "@leeway/core/records";
import type { ReactNode } from "react";
import { Field } from "../../../ui/field.tsx";
import styles from "../../../ui/fields.module.css";
import type { MonitorFields } from "../../../view/monitor-wish.ts";
import { MONITOR_KINDS } from "../../../view/monitor-words.ts";

type TextName = Exclude<keyof MonitorFields, "channels" | "enabled">;

/** MonitorFieldset is the controls of a monitor: what it looks at, what it alerts on, and who is notified. Each shows what the server found wrong with it. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one form, whose fields share their state
export function MonitorFieldset(props: {
  fields: MonitorFields;
  choices: { models: string[]; channels: { id: string; name: string }[] };
  problems: Record<string, string>;
  isNew: boolean;
  onChange: (changed: Partial<MonitorFields>) => void;
}) {
  const { fields, choices, problems, onChange } = props;
  const kind = fields.kind as MonitorKind;

  const text = (
    name: TextName,
    label: string,
    more: { path?: string; hint?: string; list?: string } = {},
  ) => (
    <Field label={label} hint={more.hint} problem={problemOf(problems, more.path ?? name)}>
      {(control) => (
        <input
          {...control}
          list={more.list}
          value={fields[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const choice = (name: TextName, label: string, options: ReactNode) => (
    <Field label={label} problem={problemOf(problems, name)}>
      {(control) => (
        <select
          {...control}
          value={fields[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        >
          {options}
        </select>
      )}
    </Field>
  );

  return (
    <>
      <fieldset className={styles["fields"]}>
        <legend>What it looks at</legend>
        {text("model", "Model", { list: "monitor-models" })}
        <datalist id="monitor-models">
          {choices.models.map((model) => (
            <option key={model} value={model} />
          ))}
        </datalist>
        {choice(
          "kind",
          "Kind",
          Object.entries(MONITOR_KINDS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          )),
        )}
        {text("version", "Version", { hint: "empty: every version with traffic" })}
        {choice(
          "environment",
          "Environment",
          ["production", "staging", "shadow"].map((value) => <option key={value}>{value}</option>),
        )}
        {text("window", "Window", { hint: "5m, 1h, 1d" })}
        {text("segment", "Only where", { hint: "tag=value, feature=value" })}
        {kind === "drift" && text("features", "Only features", { hint: "names, separated by commas" })}
        {text("minimum_count", "Fewest predictions in a window")}
      </fieldset>
      <fieldset className={styles["fields"]}>
        <legend>What it alerts on</legend>
        {kind === "drift" && (
          <>
            {text("psi", "PSI above", { path: "thresholds.psi", hint: "empty: learned from the reference" })}
            {text("joint_auc", "Joint AUC above", { path: "thresholds.joint_auc", hint: "0.5 to 1" })}
          </>
        )}
        {kind === "performance" && (
          <>
            {text("metric", "Metric", {
              path: "thresholds.metric",
              hint: "log_loss, accuracy, mae; empty: learned",
            })}
            {text("minimum", "At least", { path: "thresholds.minimum" })}
            {text("maximum", "At most", { path: "thresholds.maximum" })}
          </>
        )}
        {kind === "latency_slo" && (
          <>
            {text("target", "Share of good requests, %", {
              path: "objective.target",
              hint: "99.9; 100 leaves no error budget",
            })}
            {text("threshold_ms", "Good within, ms", { path: "objective.threshold_ms" })}
            {text("period", "Over", { path: "objective.period", hint: "7d, 30d" })}
          </>
        )}
        {(kind === "volume" || kind === "labels") && (
          <p className={styles["hint"]}>Learned from the model’s own weeks; there is nothing to set.</p>
        )}
      </fieldset>
      <fieldset className={styles["fields"]}>
        <legend>Who is notified</legend>
        {choice(
          "severity",
          "Severity",
          [
            ["", "decided by cause and harm"],
            ["page", "page: wakes somebody"],
            ["ticket", "ticket: waits for working hours"],
            ["notice", "notice: only reports"],
          ].map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          )),
        )}
        <div className={styles["checks"]}>
          <span className={styles["hint"]}>
            {choices.channels.length === 0
              ? "No channel is set up: incidents are only shown here."
              : "Channels (none checked: all of them)"}
          </span>
          {choices.channels.map(({ id, name }) => (
            <label key={id} className={styles["check"]}>
              <input
                type="checkbox"
                checked={fields.channels.includes(id)}
                onChange={(event) =>
                  onChange({
                    channels: event.target.checked
                      ? [...fields.channels, id]
                      : fields.channels.filter((one) => one !== id),
                  })
                }
              />
              {name}
            </label>
          ))}
          {problemOf(problems, "channels") !== undefined && (
            <span className={styles["problem"]}>{problemOf(problems, "channels")}</span>
          )}
        </div>
        <label className={styles["check"]}>
          <input
            type="checkbox"
            checked={fields.enabled}
            onChange={(event) => onChange({ enabled: event.target.checked })}
          />
          On
        </label>
      </fieldset>
    </>
  );
}

/** A problem of a part, such as `channels.0`, is shown at the whole. */
function problemOf(problems: Record<string, string>, path: string): string | undefined {
  const [, message] =
    Object.entries(problems).find(([at]) => at === path || at.startsWith(`${path}.`)) ??
    Object.entries(problems).find(([at]) => path.startsWith(`${at}.`)) ??
    [];
  return message;
}
