import { server } from "../../server/composition.ts";

export const dynamic = "force-dynamic";

/** GET answers 200 once pages can be served: the configuration is right and the database answers. */
export async function GET(): Promise<Response> {
  const isReady = await server().store.ping();
  return Response.json({ status: isReady ? "ok" : "store_unavailable" }, { status: isReady ? 200 : 503 });
}
