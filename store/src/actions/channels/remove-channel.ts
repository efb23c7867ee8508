import { LeewayError } from "@leeway/core/errors";
import type { Store } from "../../create-store.ts";

/** removeChannel removes a channel; it throws `not_found` where there is none. What waits for it is closed with that reason. */
export async function removeChannel(
  { records }: Pick<Store, "records">,
  project: string,
  { id, actor }: { id: string; actor: string },
): Promise<void> {
  const channel = await records.channel.get(project, id);
  if (channel === undefined) throw new LeewayError("not_found", `there is no channel ${id}`);
  await records.channel.remove(project, id, actor);
}
