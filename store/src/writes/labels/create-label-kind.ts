import type { ClickHouseClient } from "../../client/clickhouse.ts";
import type { EventKind } from "../writers/batch-writer.ts";
import type { LabelBlock } from "./label-block.ts";
import type { LabelEvent } from "./label-event.ts";
import { labelIdentity, lookupLabels } from "./lookup-labels.ts";
import { touchReceipts } from "./touch-receipts.ts";

/** createLabelKind returns how labels are encoded, known again and looked up. */
export function createLabelKind(
  client: ClickHouseClient,
  now: () => number,
): EventKind<LabelBlock, LabelEvent> {
  return {
    append(block, event, key) {
      block.append(event, key);
      return undefined;
    },
    dropLast: (block) => block.dropLast(),
    timestampOf: ({ timestamp }) => timestamp,
    async existing(events) {
      const byModel = new Map<string, LabelEvent[]>();
      for (const event of events) byModel.set(event.model, [...(byModel.get(event.model) ?? []), event]);
      const stored = new Map<string, Map<string, number>>();
      for (const [model, members] of byModel) {
        const { project } = members[0] as LabelEvent;
        const ids = members.map(({ predictionId }) => predictionId);
        const found = await lookupLabels(client, project, model, ids);
        const again = members.flatMap((event) => {
          const receivedAt = found.get(labelIdentity(event));
          return receivedAt === undefined ? [] : [{ timestamp: event.timestamp, receivedAt }];
        });
        await touchReceipts(client, { project, model }, again, now());
        stored.set(model, found);
      }
      return events.map((event) => {
        const isStored = stored.get(event.model)?.has(labelIdentity(event)) === true;
        return isStored ? "same" : "absent";
      });
    },
    conflictMessage: ({ predictionId }) => `prediction_id: ${predictionId} has this label already`,
  };
}
