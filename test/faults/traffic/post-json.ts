import { request } from "node:http";
import { API_KEY } from "../processes/start-world.ts";

/** Answer is what a server said. */
export interface Answer {
  status: number;
  body: string;
  retryAfterMs: number | undefined;
}

/** postJson sends one request over a connection of its own; rejects where no whole answer came within `timeoutMs`. */
export function postJson(url: string, body: string, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
    });
    const timer = setTimeout(() => outgoing.destroy(new Error("no answer in time")), timeoutMs);
    outgoing.once("close", () => clearTimeout(timer));
    outgoing.once("error", reject);
    outgoing.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("close", () => {
        if (!response.complete) reject(new Error("the answer was cut off"));
      });
      response.once("end", () => {
        const retryAfter = response.headers["retry-after"];
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString("utf8"),
          retryAfterMs: retryAfter === undefined ? undefined : Number(retryAfter) * 1_000,
        });
      });
    });
    outgoing.end(body);
  });
}
