import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";

/** What the routes without a key need to know. */
export interface SystemState {
  /** Why the service can't take requests now, or undefined where it can. */
  notReadyBecause(): Promise<string | undefined>;
  /** Names of the stored parts that could not be read, `table/part`. */
  tornParts(): Promise<readonly string[]>;
  metrics: Pick<Registry, "contentType" | "metrics">;
}

/** registerSystemRoutes serves `/healthz` (the process lives), `/readyz` (it may be sent requests) and `/metrics`, without a key. */
export function registerSystemRoutes(app: FastifyInstance, state: SystemState): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const reason = await state.notReadyBecause();
    if (reason === undefined) {
      const torn = await state.tornParts();
      return { status: "ready", ...(torn.length === 0 ? {} : { torn_parts: torn }) };
    }
    return reply.code(503).header("retry-after", "1").send({ status: "not_ready", reason });
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(state.metrics.contentType).send(await state.metrics.metrics()),
  );
}
