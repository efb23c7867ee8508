import Form from "next/form";
import type { PageAddress } from "../../../../view/page-address.ts";
import styles from "./controls.module.css";

/** BreakdownPicker chooses the tag or feature that predictions are broken down by: a plain form, so that hundreds of names are one control and it works without scripts. */
export function BreakdownPicker(props: {
  path: string;
  address: PageAddress;
  names: { tags: string[]; features: string[] };
  current: string | undefined;
}) {
  const { path, address, names, current } = props;
  const kept = Object.entries(address).filter(([name]) => name !== "by");
  return (
    <Form action={path} scroll={false} prefetch={false} className={styles["group"]}>
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor="by">Tag or feature</label>
      <select id="by" name="by" defaultValue={current ?? ""} key={current} className={styles["select"]}>
        <option value="">None</option>
        {[
          { label: "Tags", options: names.tags },
          { label: "Features", options: names.features },
        ]
          .filter(({ options }) => options.length > 0)
          .map(({ label, options }) => (
            <optgroup key={label} label={label}>
              {options.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </optgroup>
          ))}
      </select>
      <button type="submit" className={styles["button"]}>
        Show
      </button>
    </Form>
  );
}
