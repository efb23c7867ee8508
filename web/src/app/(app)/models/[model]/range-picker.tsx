import { Link } from "../../../../ui/link.tsx";
import { formatInstant } from "../../../../view/format-time.ts";
import { addressWith, type PageAddress } from "../../../../view/page-address.ts";
import { RANGE_PRESETS, type TimeRange, WHOLE_RANGE } from "../../../../view/time-range.ts";
import styles from "./controls.module.css";

const CHOICES = [
  ...RANGE_PRESETS.map(({ id, label }) => ({ id, label, from: `latest-${id}` })),
  { id: WHOLE_RANGE, label: "All", from: "first" },
];

/** RangePicker sets the one time range that drives every chart of the page; it lives in the address, so a link shows the same to anybody. */
export function RangePicker(props: { path: string; address: PageAddress; range: TimeRange }) {
  const { path, address, range } = props;
  return (
    <div className={styles["group"]}>
      <nav className={styles["segments"]} aria-label="Time range">
        {CHOICES.map(({ id, label, from }) => (
          <Link
            key={id}
            href={addressWith(path, address, { from, to: undefined })}
            scroll={false}
            className={styles["segment"]}
            {...(range.preset === id ? { "aria-current": "true" as const } : {})}
          >
            {label}
          </Link>
        ))}
      </nav>
      <span
        className={styles["rangeText"]}
        title={`${formatInstant(range.from)} to ${formatInstant(range.to)}`}
      >
        {formatInstant(range.from).replace(" UTC", "")} – {formatInstant(range.to)}
      </span>
    </div>
  );
}
