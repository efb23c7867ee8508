import { z } from "zod";
import { answerErrors } from "../../../../../server/answer-errors.ts";
import { findModelPage } from "../../../../../server/find-model-page.ts";
import { loadModelPage } from "../../../../../server/load-model-page.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";
import { LANES, laneTable, tableCsv } from "../../../../../view/lane-tables.ts";
import { MODEL_ADDRESS, readAddress } from "../../../../../view/page-address.ts";

const querySchema = z.object({ lane: z.enum(LANES), format: z.enum(["json", "csv"]).default("json") });

/** GET returns the numbers behind one chart of a model's page at the same address: as rows, or as a CSV file. */
export function GET(request: Request, context: { params: Promise<{ model: string }> }): Promise<Response> {
  return answerErrors(async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const asked = querySchema.safeParse(query);
    if (!asked.success) return problem("invalid_request", `lane: expected one of ${LANES.join(", ")}`);
    const address = readAddress(query, MODEL_ADDRESS);
    const found = await findModelPage(principal, (await context.params).model, address);
    if (found.outcome === "missing") return problem("not_found", found.message);
    const { serving, drift, performance, madeAt } = await loadModelPage(principal, found, address);
    const { lane, format } = asked.data;
    const table = laneTable(lane, { points: serving.points, drift, performance, now: madeAt });
    if (format === "json") return Response.json(table, { headers: { "cache-control": "no-store" } });
    return new Response(tableCsv(table), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${lane}.csv"`,
        "cache-control": "no-store",
      },
    });
  });
}
