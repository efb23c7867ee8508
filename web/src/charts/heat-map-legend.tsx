import { HEAT_LEVELS } from "../view/heat-level.ts";
import styles from "./drift-heat-map.module.css";

/** The first step of the ramp that lies beyond the threshold. */
const FIRST_ABOVE = HEAT_LEVELS.indexOf(1) + 1;

/** HeatMapLegend explains the heat map's colours, hatching, outline and triangle in words. */
export function HeatMapLegend() {
  return (
    <ul className={styles["legend"]} aria-label="Legend">
      <li>
        <span className={styles["ramp"]} aria-hidden="true">
          {[0, 1, 2, 3, 4, 5, 6].map((level) => (
            <svg key={level} width="14" height="16" aria-hidden="true">
              <rect y="2" width="14" height="12" className={styles[`level${level}`]} />
              {level === FIRST_ABOVE && <rect x="0" width="2" height="16" className={styles["threshold"]} />}
            </svg>
          ))}
        </span>
        PSI from 0 to 3 × the feature’s threshold; the line is the threshold
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
