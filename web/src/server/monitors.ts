import "server-only";
import { LeewayError } from "@leeway/core/errors";
import { type MonitorInput, monitorOf } from "@leeway/core/monitors";
import type { Monitor } from "@leeway/core/records";
import { listModelNames } from "@leeway/store";
import { requireAdmin } from "./act-on-incident.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

const REFUSAL = "Your role may look at monitors but not change them.";

/** MonitorChoices is what the form of a monitor offers. */
export interface MonitorChoices {
  models: string[];
  channels: { id: string; name: string }[];
}

/** loadMonitors returns the monitors of the person's project by model and kind, those made automatically included. */
export async function loadMonitors({ project }: Principal): Promise<Monitor[]> {
  const monitors = await server().store.records.monitor.list(project);
  const place = ({ model, kind, id }: Monitor) => `${model}\u0000${kind}\u0000${id}`;
  return monitors.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** loadMonitor returns one monitor of the person's project, or undefined where there is none of this id. */
export function loadMonitor({ project }: Principal, id: string): Promise<Monitor | undefined> {
  return server().store.records.monitor.get(project, id);
}

/** loadMonitorChoices returns the models and channels that a monitor may name. */
export async function loadMonitorChoices({ project }: Principal): Promise<MonitorChoices> {
  const { store } = server();
  const [models, channels] = await Promise.all([
    listModelNames(store, project),
    store.records.channel.list(project),
  ]);
  return { models, channels: channels.map(({ id, name }) => ({ id, name })) };
}

/** saveMonitorAs stores a monitor in the name of a signed-in administrator: a new one, or the one of `id` as a whole. */
export async function saveMonitorAs(
  principal: Principal,
  input: MonitorInput,
  id?: string,
): Promise<Monitor> {
  requireAdmin(principal, REFUSAL);
  const { store, now, random } = server();
  const { project, email } = principal;
  const existing = id === undefined ? undefined : await existingMonitor(project, id);
  await checkChannels(project, input.channels);
  const monitor = monitorOf(input, existing?.id ?? `monitor_${random(16).toString("hex")}`, {
    former: existing,
    now: now(),
  });
  await store.records.monitor.put(project, monitor.id, monitor, email);
  return monitor;
}

/** removeMonitorAs removes a monitor in the name of a signed-in administrator; its verdicts stay. */
export async function removeMonitorAs(principal: Principal, id: string): Promise<void> {
  requireAdmin(principal, REFUSAL);
  await existingMonitor(principal.project, id);
  await server().store.records.monitor.remove(principal.project, id, principal.email);
}

async function existingMonitor(project: string, id: string): Promise<Monitor> {
  const monitor = await server().store.records.monitor.get(project, id);
  if (monitor === undefined) throw new LeewayError("not_found", `there is no monitor ${id}`);
  return monitor;
}

async function checkChannels(project: string, ids: readonly string[] = []): Promise<void> {
  if (ids.length === 0) return;
  const known = (await server().store.records.channel.list(project)).map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const message = `there is no channel ${unknown}`;
  throw new LeewayError("invalid_request", message, { problems: [{ path: "channels", message }] });
}
