import { healthWords } from "@leeway/core/health";
import { StateBadge } from "../../../../ui/state-badge.tsx";
import { type ModelState, sinceWords } from "../../../../view/model-state.ts";
import styles from "./sections.module.css";

const SHOWN = 5;

/** HealthNotice says in sentences what keeps a model from being healthy; open incidents have banners of their own. */
export function HealthNotice({ state, now }: { state: ModelState; now: number }) {
  const findings = state.findings.filter((finding) => finding.state !== "incident");
  if (findings.length === 0) return null;
  const more = findings.length - SHOWN;
  return (
    <ul className={styles["health"]} aria-label="What is known of the model’s health">
      {findings.slice(0, SHOWN).map((finding) => (
        <li key={`${finding.state} ${finding.monitor_id} ${finding.version} ${finding.sentence}`}>
          {finding.state !== "incident" && (
            <StateBadge state={finding.state}>{healthWords(finding.state)}</StateBadge>
          )}
          <span>
            {finding.sentence}
            {finding.sentence.endsWith(".") ? "" : "."}
          </span>
          {finding.since !== null && <small>{sinceWords(finding.since, now)}</small>}
        </li>
      ))}
      {more > 0 && <li>And {more} more of the same kinds.</li>}
    </ul>
  );
}
