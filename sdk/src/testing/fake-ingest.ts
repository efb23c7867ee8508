import { once } from "node:events";
import { createServer } from "node:http";

/** FakeIngest is a server that stores events by id and batch id, as ingest promises to. */
export interface FakeIngest {
  readonly url: string;
  /** arrivals counts, for each prediction id, in how many different batches it came. */
  readonly arrivals: Map<string, number>;
  readonly batches: Map<string, string>;
  /** conflicts counts batch ids that came again with other content. */
  conflicts: number;
  /** behave decides how the next request is answered: `drop` stores and hangs up, so that the sender must repeat it. */
  behave: () => "accept" | "refuse" | "drop";
  close(): Promise<void>;
}

/** startFakeIngest listens on a free port of the loopback address. */
export async function startFakeIngest(): Promise<FakeIngest> {
  const arrivals = new Map<string, number>();
  const batches = new Map<string, string>();
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const behaviour = ingest.behave();
    if (behaviour === "refuse") {
      response.statusCode = 503;
      response.end();
      return;
    }
    const body = JSON.parse(text) as { batch_id: string; predictions?: { id: string }[] };
    const events = body.predictions ?? [];
    const known = batches.get(body.batch_id);
    if (known !== undefined && known !== text) ingest.conflicts++;
    if (known === undefined) {
      batches.set(body.batch_id, text);
      for (const { id } of events) arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
    }
    if (behaviour === "drop") {
      request.socket.destroy();
      return;
    }
    const duplicate = known === undefined ? 0 : events.length;
    response.end(JSON.stringify({ accepted: events.length - duplicate, duplicate, rejected: [] }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const ingest: FakeIngest = {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    batches,
    conflicts: 0,
    behave: () => "accept",
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return ingest;
}
