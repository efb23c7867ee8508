import styles from "./sparkline.module.css";

const WIDTH = 120;
const HEIGHT = 32;
const PAD = 3;

/**
 * Sparkline draws a tiny line as SVG, without axes: a shape beside a number, never the number itself. Gaps are gaps, and fewer than two values draw nothing; `threshold` adds a
 * dashed line. The scale starts at zero where `fromZero` is set (shares, counts, latencies).
 */
export function Sparkline(props: {
  values: readonly (number | null)[];
  label: string;
  threshold?: number;
  fromZero?: boolean;
}) {
  const numbers = props.values.filter((value) => value !== null);
  if (numbers.length < 2) return null;
  const scaled = props.threshold === undefined ? numbers : [...numbers, props.threshold];
  const low = props.fromZero === true ? Math.min(0, ...scaled) : Math.min(...scaled);
  const high = Math.max(...scaled);
  const x = (i: number) => PAD + (i / (props.values.length - 1)) * (WIDTH - 2 * PAD);
  const y = (value: number) =>
    high === low ? HEIGHT / 2 : HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const lastIndex = props.values.findLastIndex((value) => value !== null);
  return (
    <svg
      className={styles["sparkline"]}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={props.label}
    >
      {props.threshold !== undefined && (
        <line
          className={styles["threshold"]}
          x1={PAD}
          x2={WIDTH - PAD}
          y1={y(props.threshold)}
          y2={y(props.threshold)}
        />
      )}
      <path className={styles["line"]} d={linePath(props.values, x, y)} />
      <circle className={styles["last"]} cx={x(lastIndex)} cy={y(props.values[lastIndex]!)} r="2.4" />
    </svg>
  );
}

function linePath(
  values: readonly (number | null)[],
  x: (i: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let isDrawing = false;
  values.forEach((value, i) => {
    if (value !== null) path += `${isDrawing ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    isDrawing = value !== null;
  });
  return path;
}
