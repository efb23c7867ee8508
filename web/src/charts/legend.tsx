import type { ChartSeries } from "./chart-model.ts";
import styles from "./legend.module.css";

/** Legend names the series of a chart beside a sample of how each is drawn. */
export function Legend({ series }: { series: readonly ChartSeries[] }) {
  return (
    <ul className={styles["legend"]}>
      {series.map(({ key, name, kind, color, dash }) => (
        <li key={key}>
          <svg width="22" height="10" viewBox="0 0 22 10" aria-hidden="true">
            {kind === "band" || kind === "area" ? (
              <rect x="0" y="1" width="22" height="8" rx="2" fill={`var(--${color})`} fillOpacity="0.3" />
            ) : kind === "dots" ? (
              <circle
                cx="11"
                cy="5"
                r="3.2"
                fill="var(--surface)"
                stroke={`var(--${color})`}
                strokeWidth="1.5"
              />
            ) : (
              <line
                x1="0"
                x2="22"
                y1="5"
                y2="5"
                stroke={`var(--${color})`}
                strokeWidth="2"
                {...(dash === undefined ? {} : { strokeDasharray: dash === "short" ? "2 3" : "7 4" })}
              />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
