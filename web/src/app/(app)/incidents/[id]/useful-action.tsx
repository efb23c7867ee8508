"use client";

import type { ExpectedOffers } from "@leeway/core/incidents";
import type { Incident, Usefulness } from "@leeway/core/records";
import Link from "next/link";
import styles from "./incident.module.css";
import { useIncidentAction } from "./use-incident-action.ts";

const CHOICES = [
  ["yes", "Yes"],
  ["no", "No"],
  ["expected", "Expected"],
] as const satisfies readonly (readonly [Usefulness, string])[];

const SAID = { yes: "useful", no: "not useful", expected: "expected" } as const;

/** UsefulAction asks whether it was useful to be notified of an incident. `asked` is the answer that a link in a mail brought: one press still gives it. */
export function UsefulAction(props: {
  incidentId: string;
  useful: Incident["useful"];
  offers: ExpectedOffers | undefined;
  asked: Usefulness | undefined;
  isOff: boolean;
}) {
  const { useful, offers, asked } = props;
  const { act, isBusy, message } = useIncidentAction(props.incidentId);
  return (
    <fieldset className={styles["question"]} id="useful">
      <legend>Was this useful?</legend>
      <div className={styles["choices"]}>
        {CHOICES.map(([mark, name]) => (
          <button
            key={mark}
            type="button"
            className={styles[asked === mark && useful?.mark !== mark ? "primary" : "secondary"]}
            aria-pressed={useful?.mark === mark}
            disabled={isBusy || props.isOff}
            onClick={() => void act({ action: "mark", useful: mark })}
          >
            {name}
          </button>
        ))}
      </div>
      {useful !== undefined && (
        <p className={styles["taken"]}>
          Marked as {SAID[useful.mark]} by {useful.by}.
        </p>
      )}
      {offers !== undefined && <Offers offers={offers} />}
      <p className={styles["problem"]} role="alert">
        {message}
      </p>
    </fieldset>
  );
}

function Offers({ offers: { silence, reference } }: { offers: ExpectedOffers }) {
  return (
    <p className={styles["taken"]}>
      So that it does not come again:{" "}
      <Link href={`/silences?${new URLSearchParams({ ...silence })}`}>silence such incidents</Link>
      {reference !== undefined && (
        <>
          , or{" "}
          <Link
            href={`/models/${encodeURIComponent(reference.model)}?version=${encodeURIComponent(reference.version)}#reference`}
          >
            choose a new reference
          </Link>
        </>
      )}
      .
    </p>
  );
}
