"use client";

import type { ExpectedOffers } from "@leeway/core/incidents";
import type { Incident, IncidentAction, Usefulness } from "@leeway/core/records";
import styles from "./incident.module.css";
import { PeopleActions } from "./people-actions.tsx";
import { ResolveAction } from "./resolve-action.tsx";
import { useIncidentAction } from "./use-incident-action.ts";
import { UsefulAction } from "./useful-action.tsx";

/** IncidentActions are the things to do to an incident; each says what it will do before it is done. */
export function IncidentActions(props: {
  incidentId: string;
  allowed: readonly IncidentAction["action"][];
  acknowledgedBy: string | undefined;
  assignee: string | undefined;
  useful: Incident["useful"];
  offers: ExpectedOffers | undefined;
  askedUseful: Usefulness | undefined;
  canAct: boolean;
}) {
  const { act, isBusy, message } = useIncidentAction(props.incidentId);
  const may = (action: IncidentAction["action"]) => props.allowed.includes(action);
  const isOff = isBusy || !props.canAct;
  return (
    <div className={styles["actions"]}>
      {may("acknowledge") && (
        <ActionButton
          name="Acknowledge"
          hint="You take it on. Its channels are notified, and no more reminders are sent while it goes on."
          isPrimary
          isOff={isOff}
          onClick={() => void act({ action: "acknowledge" })}
        />
      )}
      {props.acknowledgedBy !== undefined && (
        <p className={styles["taken"]}>Acknowledged by {props.acknowledgedBy}.</p>
      )}
      {may("resolve") && <ResolveAction isOff={isOff} act={act} />}
      {may("undo") && (
        <ActionButton
          name="Undo"
          hint="Takes the resolution back. Possible for a minute."
          isPrimary
          isOff={isOff}
          onClick={() => void act({ action: "undo" })}
        />
      )}
      {may("reopen") && !may("undo") && (
        <ActionButton
          name="Reopen"
          hint="Says that it was not over. Its channels are notified."
          isOff={isOff}
          onClick={() => void act({ action: "reopen" })}
        />
      )}
      {may("snooze") && <PeopleActions assignee={props.assignee} isOff={isOff} act={act} />}
      {may("mark") && (
        <UsefulAction
          incidentId={props.incidentId}
          useful={props.useful}
          offers={props.offers}
          asked={props.askedUseful}
          isOff={!props.canAct}
        />
      )}
      {!props.canAct && (
        <p className={styles["taken"]}>Your role may look at incidents but not change them.</p>
      )}
      <p className={styles["problem"]} role="alert">
        {message}
      </p>
    </div>
  );
}

function ActionButton(props: {
  name: string;
  hint: string;
  isPrimary?: boolean;
  isOff: boolean;
  onClick: () => void;
}) {
  const hintId = `${props.name.toLowerCase()}-hint`;
  return (
    <div className={styles["action"]}>
      <button
        type="button"
        className={styles[props.isPrimary === true ? "primary" : "secondary"]}
        disabled={props.isOff}
        onClick={props.onClick}
        aria-describedby={hintId}
      >
        {props.name}
      </button>
      <p id={hintId}>{props.hint}</p>
    </div>
  );
}
