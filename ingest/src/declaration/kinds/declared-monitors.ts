import { declareDuration } from "@leeway/core/duration";
import type { Hold, Monitor } from "@leeway/core/records";
import type { z } from "zod";
import { channelProblems } from "../../routes/monitors/check-channels.ts";
import { type monitorInputSchema, monitorOf } from "../../routes/monitors/monitor-input.ts";
import type { DeclaredKind } from "../declared-kind.ts";

/** declaredMonitors are the monitors that people made; one that is automatic becomes the file's own once it is declared. */
export const declaredMonitors: DeclaredKind<z.output<typeof monitorInputSchema>, Monitor> = {
  record: "monitor",
  wanted(id, declared, stored, { now, channels }) {
    const problems = channelProblems(channels, declared.channels);
    if (problems.length > 0) return { outcome: "wrong", problems };
    return { outcome: "wanted", record: monitorOf(declared, id, { former: stored, now }) };
  },
  declare({ id: _id, automatic: _automatic, created_at: _created, ...stored }) {
    const { burn_in_since: _since, promoted: _promoted, burn_in = 0, ...monitor } = stored;
    const { window, objective, hold_firing, hold_resolved, damping } = monitor;
    return {
      ...monitor,
      window: declareDuration(window),
      burn_in: declareDuration(burn_in),
      ...(objective && { objective: { ...objective, period: declareDuration(objective.period) } }),
      ...(hold_firing && { hold_firing: declareHold(hold_firing) }),
      ...(hold_resolved && { hold_resolved: declareHold(hold_resolved) }),
      ...(damping === undefined ? {} : { damping: declareDuration(damping) }),
    };
  },
  isDeclarable: ({ automatic }) => !automatic,
  prune: () => "removed",
  secretsOf: () => [],
};

function declareHold(hold: Hold): object {
  return "for" in hold ? { for: declareDuration(hold.for) } : hold;
}
