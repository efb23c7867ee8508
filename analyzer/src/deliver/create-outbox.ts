import { loadIncident, type Store, switchOffChannel, withContext } from "@leeway/store";
import type { Outbox } from "./deliver-notification.ts";
import type { RetrainingRecords } from "./retraining-records.ts";

const ACTOR = "leeway";

/** createOutbox returns one project's outbox over the store. */
export function createOutbox(store: Pick<Store, "records" | "changeEvents">, project: string): Outbox {
  const { records } = store;
  return {
    notification: (id) => records.notification.get(project, id),
    channel: (id) => records.channel.get(project, id),
    // With what people did and what had changed: a message says both.
    async incident(id) {
      const found = await loadIncident({ records }, project, id);
      return found && withContext(store, project, found.incident);
    },
    async thread(incidentId, channelId) {
      const notifications = await records.notification.list(project);
      return notifications
        .filter((one) => one.incident_id === incidentId && one.channel_id === channelId)
        .sort((a, b) => a.created_at - b.created_at);
    },
    async switchOff(channel, reason) {
      await switchOffChannel(records, project, { channel, reason, actor: ACTOR });
    },
    save: (notification) => records.notification.put(project, notification.id, notification, ACTOR),
  };
}

/** createRetrainingRecords returns one project's retraining runs over the store's records. */
export function createRetrainingRecords(records: Store["records"], project: string): RetrainingRecords {
  return {
    get: (id) => records.retraining.get(project, id),
    ofModel: async (model) => (await records.retraining.list(project)).filter((run) => run.model === model),
    incidentsOf: async (model) => (await records.incident.list(project)).filter((one) => one.model === model),
    put: (retraining) => records.retraining.put(project, retraining.id, retraining, ACTOR),
  };
}
