import { Panel } from "../../../../ui/panel.tsx";
import styles from "./incident.module.css";

/** NextSteps lists what to do, most useful first. */
export function NextSteps({ steps }: { steps: string[] }) {
  if (steps.length === 0) return null;
  return (
    <Panel id="steps" title="What to do">
      <ol className={styles["steps"]}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Panel>
  );
}
