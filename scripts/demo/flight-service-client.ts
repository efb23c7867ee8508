import { Agent, request } from "node:http";
import type { FlownFlight } from "../../sdk/examples/flight-delays/flight.ts";

/** FlightService is the demo's inference service, as its callers (an airline's booking system) see it. */
export interface FlightService {
  /** predict asks about each flight with a request of its own, a few at a time. */
  predict(flights: readonly FlownFlight[]): Promise<void>;
  arrivals(outcomes: readonly { id: string; late: boolean; known_at: number }[]): Promise<void>;
  promote(version: string): Promise<void>;
  /** withdraw ends the serving of a version that does not answer callers. */
  withdraw(version: string): Promise<void>;
  /** flush waits until all that was recorded so far has been acknowledged by Leeway. */
  flush(): Promise<{ flushed: boolean; predictions: Record<string, number>; labels: Record<string, number> }>;
}

const AT_ONCE = 24;
const TRIES = 40;

/** createFlightServiceClient returns a client of the service at `url`; a request whose connection broke (the service was killed and started again) is made again. */
export function createFlightServiceClient(url: string): FlightService {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const post = async (path: string, body: unknown): Promise<string> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await postOnce(agent, `${url}${path}`, JSON.stringify(body));
      } catch (error) {
        if (attempt >= TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  };
  return {
    async predict(flights) {
      let next = 0;
      const ask = async () => {
        for (let flight = flights[next++]; flight !== undefined; flight = flights[next++]) {
          const { id, departure, distance, origin, destination } = flight;
          await post("/predict", { id, departure, distance, origin, destination });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, ask));
    },
    async arrivals(outcomes) {
      if (outcomes.length > 0) await post("/arrivals", outcomes);
    },
    async promote(version) {
      await post(`/promote/${encodeURIComponent(version)}`, {});
    },
    async withdraw(version) {
      await post(`/withdraw/${encodeURIComponent(version)}`, {});
    },
    flush: async () => JSON.parse(await post("/flush", {})),
  };
}

function postOnce(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent, method: "POST", headers: { "content-type": "application/json" } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`POST ${url} was answered ${answer.statusCode}: ${text}`));
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
