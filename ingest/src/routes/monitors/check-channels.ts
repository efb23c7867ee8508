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
  const channels = await store.records.channel.list(project);
  const known = channels.map(({ id }) => id);
  const problems = ids.flatMap((id, index) => {
    if (known.includes(id)) return [];
    const named = channels.find(({ name }) => name === id);
    const hint = named === undefined ? didYouMean(id, known) : `; ${id} is a name, its id is ${named.id}`;
    return [{ path: `channels.${index}`, message: `there is no channel ${id}${hint}` }];
  });
  if (problems.length > 0) throw invalidInput("body", problems);
}
