import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

/** A webhook whose signature was right. */
export interface ReceivedWebhook {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

/** startWebhookReceiver takes signed webhooks (https://www.standardwebhooks.com) on loopback; one whose signature is wrong is answered 401 and not handed on. */
export async function startWebhookReceiver(
  port: number,
  secret: string,
  onWebhook: (webhook: ReceivedWebhook) => void,
): Promise<{ stop(): void }> {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const id = String(request.headers["webhook-id"]);
      const signed = `${id}.${request.headers["webhook-timestamp"]}.${body}`;
      const expected = Buffer.from(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
      const isRight = String(request.headers["webhook-signature"])
        .split(" ")
        .map((text) => Buffer.from(text))
        .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
      response.writeHead(isRight ? 204 : 401).end();
      if (!isRight) return;
      const { type, data } = JSON.parse(body) as { type: string; data: Record<string, unknown> };
      onWebhook({ id, type, data });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
