"use client";

import { type FormEvent, useState } from "react";
import styles from "./incident.module.css";
import type { IncidentRequest } from "./use-incident-action.ts";

const SNOOZES = [
  { hours: 1, words: "1 hour" },
  { hours: 4, words: "4 hours" },
  { hours: 24, words: "1 day" },
  { hours: 168, words: "1 week" },
];

/** PeopleActions keep an incident quiet for a while, and say whose it is. */
export function PeopleActions(props: {
  assignee: string | undefined;
  isOff: boolean;
  act: (request: IncidentRequest) => Promise<boolean>;
}) {
  const [to, setTo] = useState(props.assignee ?? "");
  const [hours, setHours] = useState(1);
  const assign = (event: FormEvent) => {
    event.preventDefault();
    void props.act({ action: "assign", to });
  };
  const snooze = (event: FormEvent) => {
    event.preventDefault();
    void props.act({ action: "snooze", hours });
  };
  return (
    <>
      <form className={styles["line"]} onSubmit={snooze}>
        <label htmlFor="snooze">Quiet for</label>
        <select id="snooze" value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {SNOOZES.map(({ hours: value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <button type="submit" className={styles["secondary"]} disabled={props.isOff}>
          Snooze
        </button>
      </form>
      <form className={styles["line"]} onSubmit={assign}>
        <label htmlFor="assignee">Assigned to</label>
        <input
          id="assignee"
          maxLength={256}
          placeholder="nobody"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <button
          type="submit"
          className={styles["secondary"]}
          disabled={props.isOff || to.trim() === (props.assignee ?? "")}
        >
          Assign
        </button>
      </form>
    </>
  );
}
