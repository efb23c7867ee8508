const KINDS: Record<string, string> = {
  api_key: "API key",
  channel: "channel",
  incident_action: "action on an incident",
  model: "model",
  monitor: "monitor",
  reference: "reference",
  reference_choice: "choice of a reference",
  retraining: "retraining",
  silence: "silence",
  user: "user",
  version: "version",
};

/** auditWords returns one change of the audit log in words: what was written or removed. */
export function auditWords({ kind, action }: { kind: string; action: "put" | "remove" }): string {
  const what = KINDS[kind] ?? kind.replaceAll("_", " ");
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${action === "put" ? "written" : "removed"}`;
}
