import type { BatchCutter } from "../buffer/batch-cutter.ts";
import type { BatchSource } from "../delivery/batch-source.ts";
import { shouldCompress } from "../delivery/compress.ts";
import { createMemorySource } from "../delivery/memory-source.ts";
import { createSpoolSource, type SpoolSource } from "../delivery/spool-source.ts";
import { createInstanceToken } from "../events/prediction-id.ts";
import { EVENT_KINDS } from "../events/types.ts";
import type { SdkRuntime } from "../runtime.ts";
import { openPlatformSpool } from "../spool/open-platform-spool.ts";
import type { DeliveryLedger } from "./delivery-ledger.ts";
import type { ClientSettings } from "./options.ts";
import type { ProblemReporter } from "./problem.ts";

/** WiredSource is where batches come from, and the spool behind it if there is one. */
export interface WiredSource {
  readonly source: BatchSource;
  readonly spoolSource: SpoolSource | null;
}

/** wireSource returns the source a client's settings ask for: memory, or a spool in `spoolDir`. */
export function wireSource(
  settings: ClientSettings,
  cutter: BatchCutter,
  ledger: DeliveryLedger,
  report: ProblemReporter,
  runtime: SdkRuntime,
): WiredSource {
  const isCompressed = settings.url !== "" && shouldCompress(settings.compression, settings.url);
  if (settings.spoolDir === undefined)
    return { source: createMemorySource(cutter, isCompressed), spoolSource: null };

  const options = {
    dir: settings.spoolDir,
    maxBytes: settings.spoolMaxBytes,
    dropPolicy: settings.dropPolicy,
    isSynced: settings.spoolSync === "batch",
  };
  const opening = openPlatformSpool(options, createInstanceToken(runtime.random), runtime, {
    recovered: ledger.recover,
    dropped(counts) {
      for (const kind of EVENT_KINDS)
        if (counts[kind] > 0) ledger.drop(kind, counts[kind], "the spool is full");
    },
    damaged(counts) {
      report("spool", "a damaged record was skipped");
      for (const kind of EVENT_KINDS)
        if (counts[kind] > 0) ledger.drop(kind, counts[kind], "damaged on disk");
    },
  }).catch((error: unknown) => {
    report("spool", `${options.dir} can't be used, buffering in memory: ${String(error)}`);
    return null;
  });
  const source = createSpoolSource({
    cutter,
    isCompressed,
    opening,
    onFailure: (reason) => report("spool", `not written: ${reason}`),
  });
  return { source, spoolSource: source };
}
