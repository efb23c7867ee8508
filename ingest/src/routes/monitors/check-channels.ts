import type { InputProblem } from "@leeway/core/errors";
import { invalidInput } from "@leeway/core/input";
import { didYouMean } from "@leeway/core/words";
import type { Store } from "@leeway/store";

/** checkChannels throws `invalid_request` where a monitor names a channel that does not exist: nobody would be notified. */
export async function checkChannels(
  store: Store,
  project: string,
  ids: readonly string[] | undefined,
): Promise<void> {
  if (ids === undefined || ids.length === 0) return;
  const problems = channelProblems(await store.records.channel.list(project), ids);
  if (problems.length > 0) throw invalidInput("body", problems);
}

/** channelProblems returns a problem for each of a monitor's channels that is none of `channels`. O(ids · channels). */
export function channelProblems(
  channels: readonly { id: string; name: string }[],
  ids: readonly string[] = [],
): InputProblem[] {
  const known = channels.map(({ id }) => id);
  return ids.flatMap((id, index) => {
    if (known.includes(id)) return [];
    const named = channels.find(({ name }) => name === id);
    const hint = named === undefined ? didYouMean(id, known) : `; ${id} is a name, its id is ${named.id}`;
    return [{ path: `channels.${index}`, message: `there is no channel ${id}${hint}` }];
  });
}
