"use client";

import type { IncidentAction, Usefulness } from "@leeway/core/records";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { readProblem } from "../../../../ui/read-problem.ts";

/** IncidentRequest is what the page asks to be done to an incident. */
export interface IncidentRequest {
  action: IncidentAction["action"];
  text?: string;
  hours?: number;
  to?: string;
  useful?: Usefulness;
}

/** useIncidentAction returns what sends an action and says whether it was done, whether one is under way, and what went wrong. */
export function useIncidentAction(incidentId: string): {
  act: (request: IncidentRequest) => Promise<boolean>;
  isBusy: boolean;
  message: string | undefined;
} {
  const router = useRouter();
  const [isRefreshing, startTransition] = useTransition();
  const [isSending, setSending] = useState(false);
  const [message, setMessage] = useState<string>();
  const act = async (request: IncidentRequest) => {
    setSending(true);
    setMessage(undefined);
    const answer = await fetch(`/api/incidents/${incidentId}/actions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    }).catch(() => undefined);
    setSending(false);
    const isDone = answer?.ok === true;
    if (isDone) startTransition(() => router.refresh());
    else setMessage(await readProblem(answer));
    return isDone;
  };
  return { act, isBusy: isSending || isRefreshing, message };
}
