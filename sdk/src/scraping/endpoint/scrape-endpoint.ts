import type { Exposition, FamilyType } from "../exposition/exposition.ts";
import { createExpositionReader, type ExpositionReader } from "../exposition/exposition-reader.ts";
import type { GetFailure, HttpGet } from "./http-get.ts";

/** ScrapeRequest is one scrape of one endpoint with its limits. */
export interface ScrapeRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ca?: string | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxSeries: number;
  readonly wants: (metric: string, type: FamilyType) => boolean;
}

/** ScrapeOutcome is what a scrape came to. */
export type ScrapeOutcome =
  | { readonly kind: "read"; readonly exposition: Exposition }
  | { readonly kind: "failed"; readonly reason: GetFailure | "absent"; readonly message: string };

const ACCEPT =
  "text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.4,*/*;q=0.1";

/** scrapeEndpoint reads an endpoint's metrics as they arrive; what nobody wants is never held. */
export async function scrapeEndpoint(get: HttpGet, request: ScrapeRequest): Promise<ScrapeOutcome> {
  let reader: ExpositionReader | undefined;
  const outcome = await get({
    ...request,
    headers: { accept: ACCEPT, ...request.headers },
    onText(text, contentType) {
      reader ??= createExpositionReader({
        isOpenMetrics: contentType.includes("openmetrics"),
        wants: request.wants,
        maxSeries: request.maxSeries,
      });
      reader.push(text);
      return reader.looksWrong() ? "the answer is not in the Prometheus text format" : undefined;
    },
  });
  if (outcome.kind === "failed") return outcome;
  const exposition = (reader ?? createExpositionReader()).end();
  const isNothing = exposition.present.size === 0 && exposition.malformed > 0;
  if (isNothing || /^text\/html/.test(outcome.contentType)) {
    return {
      kind: "failed",
      reason: "not_metrics",
      message: "the answer is not in the Prometheus text format",
    };
  }
  return { kind: "read", exposition };
}
