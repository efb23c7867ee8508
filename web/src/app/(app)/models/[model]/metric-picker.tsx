import { Link } from "../../../../ui/link.tsx";
import { metricName } from "../../../../view/metric-words.ts";
import { addressWith, type PageAddress } from "../../../../view/page-address.ts";
import styles from "./controls.module.css";

/** MetricPicker chooses the metric that the performance chart shows. */
export function MetricPicker(props: {
  path: string;
  address: PageAddress;
  metrics: string[];
  current: string | undefined;
}) {
  if (props.metrics.length < 2) return null;
  return (
    <nav className={styles["chips"]} aria-label="Metric">
      {props.metrics.map((metric) => (
        <Link
          key={metric}
          href={addressWith(props.path, props.address, { metric })}
          scroll={false}
          className={styles["chip"]}
          {...(metric === props.current ? { "aria-current": "true" as const } : {})}
        >
          {metricName(metric)}
        </Link>
      ))}
    </nav>
  );
}
