import styles from "./drift-heat-map.module.css";

/** HeatMapLegend explains the heat map's colours, hatching, outline and triangle in words. */
export function HeatMapLegend() {
  return (
    <ul className={styles["legend"]} aria-label="Legend">
      <li>
        <span className={styles["ramp"]} aria-hidden="true">
          {[0, 1, 2, 3, 4, 5, 6].map((level) => (
            <svg key={level} width="14" height="12" aria-hidden="true">
              <rect width="14" height="12" className={styles[`level${level}`]} />
            </svg>
          ))}
        </span>
        PSI from 0 to 3 × the feature’s threshold
      </li>
      <li>
        <svg width="16" height="12" aria-hidden="true">
          <rect x="1" y="1" width="14" height="10" className={`${styles["level4"]} ${styles["drifted"]}`} />
        </svg>
        drifted
      </li>
      <li>
        <svg width="12" height="12" aria-hidden="true">
          <path className={styles["alarm"]} d="M2 2h8l-4 8z" />
        </svg>
        window raised an alarm
      </li>
      <li>
        <span className={styles["hatchKey"]} aria-hidden="true" />
        too little data
      </li>
    </ul>
  );
}
