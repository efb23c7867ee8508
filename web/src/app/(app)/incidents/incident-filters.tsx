import { Link } from "../../../ui/link.tsx";
import { addressWith, type PageAddress } from "../../../view/page-address.ts";
import styles from "./incidents.module.css";

/** IncidentFilters narrows the list: one line of choices for each property, the first of them being all. */
export function IncidentFilters(props: {
  name: string;
  label: string;
  choices: readonly { value: string; words: string }[];
  chosen: string | undefined;
  /** The other pieces of the address, which stay. */
  address: PageAddress;
}) {
  const all = { value: undefined, words: `Any ${props.name}` };
  return (
    <nav className={styles["filters"]} aria-label={props.label}>
      {[all, ...props.choices].map(({ value, words }) => (
        <Link
          key={value ?? ""}
          href={addressWith("/incidents", props.address, { [props.name]: value })}
          {...(value === props.chosen ? { "aria-current": "true" as const } : {})}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
