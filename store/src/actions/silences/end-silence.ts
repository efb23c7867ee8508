import { LeewayError } from "@leeway/core/errors";
import type { Store } from "../../create-store.ts";

/**
 * endSilence ends a silence now: one that has begun stays in the list with its new end, one that has not is removed. It throws `not_found` where there is none,
 * and `conflict` where it is over already.
 */
export async function endSilence(
  { records }: Pick<Store, "records">,
  project: string,
  { id, actor, now }: { id: string; actor: string; now: number },
): Promise<void> {
  const silence = await records.silence.get(project, id);
  if (silence === undefined) throw new LeewayError("not_found", `there is no silence ${id}`);
  if (silence.ends_at <= now) throw new LeewayError("conflict", `silence ${id} is over already`);
  if (silence.starts_at >= now) await records.silence.remove(project, id, actor);
  else await records.silence.put(project, id, { ...silence, ends_at: now }, actor);
}
