import type { Silence } from "@leeway/core/records";
import { isLike, type SilenceInput, silenceOf } from "@leeway/core/silences";
import { didYouMean } from "@leeway/core/words";
import type { DeclaredKind } from "../declared-kind.ts";

/** declaredSilences are silences. One that a file still has after its end asks for nothing any more, and one that is pruned ends now. */
export const declaredSilences: DeclaredKind<SilenceInput, Silence> = {
  record: "silence",
  wanted(id, declared, stored, { now, actor, models }) {
    // What a file leaves open was settled when it was first applied.
    const starts_at = declared.starts_at ?? stored?.starts_at ?? now;
    if (stored === undefined && declared.ends_at !== undefined && declared.ends_at <= now)
      return { outcome: "nothing" };
    const wish = { ...declared, starts_at };
    const made = silenceOf(wish, { id, actor: stored?.created_by ?? actor, now: Math.min(now, starts_at) });
    if (made.outcome === "refused")
      return { outcome: "wrong", problems: [{ path: made.path, message: made.message }] };
    if (made.silence.ends_at <= now)
      return stored === undefined ? { outcome: "nothing" } : { outcome: "wanted", record: made.silence };
    const { model } = declared;
    if (model !== undefined && !models.some((name) => isLike(model, name))) {
      const message = `there is no model ${model}${didYouMean(model, models)}`;
      return { outcome: "wrong", problems: [{ path: "model", message }] };
    }
    return { outcome: "wanted", record: made.silence };
  },
  declare: ({ id: _id, created_by: _by, starts_at, ends_at, ...silence }) => ({
    ...silence,
    starts_at: new Date(starts_at).toISOString(),
    ends_at: new Date(ends_at).toISOString(),
  }),
  isDeclarable: ({ ends_at }, now) => ends_at > now,
  prune: (silence, now) => (silence.starts_at >= now ? "removed" : { ...silence, ends_at: now }),
  secretsOf: () => [],
};
