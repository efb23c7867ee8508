import type { BlamedFeature, Incident } from "@leeway/core/records";
import { DistributionTable } from "../../../../ui/distribution-table.tsx";
import { Link } from "../../../../ui/link.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { blamedLink } from "../../../../view/blamed-link.ts";
import { formatMetric, formatPercent } from "../../../../view/number-words.ts";
import styles from "./incident.module.css";

/** BlamedFeatures ranks what is to blame, each with its evidence in words and both distributions. */
export function BlamedFeatures({ incident }: { incident: Incident }) {
  if (incident.features.length === 0) return null;
  const isConcept = incident.cause === "concept_drift";
  return (
    <Panel
      id="features"
      title={isConcept ? "Where the loss rose" : "What is to blame"}
      note={isConcept ? "the slices whose loss grew most" : "ranked by its effect on the model’s predictions"}
    >
      <ol className={styles["features"]}>
        {incident.features.map((feature) => (
          <li key={feature.name}>
            <Feature feature={feature} incident={incident} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Feature({ feature, incident }: { feature: BlamedFeature; incident: Incident }) {
  const link = blamedLink(incident, feature);
  return (
    <article className={styles["feature"]}>
      <div className={styles["featureHead"]}>
        <h3>{feature.name}</h3>
        <span className={styles["featureNumbers"]}>
          {feature.impact !== undefined && `${formatPercent(feature.impact, 0)} of the change in predictions`}
          {feature.impact !== undefined && feature.psi !== undefined && " · "}
          {feature.psi !== undefined && `PSI ${formatMetric(feature.psi)}`}
        </span>
      </div>
      <p className={styles["featureEvidence"]}>{feature.evidence}</p>
      {feature.distribution !== undefined && (
        <DistributionTable
          caption={`Distribution of ${feature.name}: reference and failing window`}
          windowName="Failing window"
          distribution={feature.distribution}
        />
      )}
      {link !== undefined && (
        <Link className={styles["featureLink"]} href={link.href}>
          {link.text}
        </Link>
      )}
    </article>
  );
}
