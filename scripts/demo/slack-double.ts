import { createServer, type IncomingMessage } from "node:http";

/** A message as a Slack channel would show it: the fallback text, and the plain text of its blocks. */
export interface SlackMessage {
  channel: string;
  text: string;
  lines: string[];
}

/** startSlackDouble answers the calls of Slack's Web API that Leeway makes, on loopback, and hands every new message to `onMessage`. */
export async function startSlackDouble(
  port: number,
  onMessage: (message: SlackMessage) => void,
): Promise<{ stop(): void }> {
  let sent = 0;
  const server = createServer((request, response) => {
    readForm(request).then((form) => {
      const method = request.url?.split("/").at(-1) ?? "";
      sent += 1;
      const ts = `${Math.floor(Date.now() / 1_000)}.${String(sent).padStart(6, "0")}`;
      const channel = String(form["channel"] ?? "");
      if (method === "chat.postMessage")
        onMessage({ channel, text: String(form["text"] ?? ""), lines: textOfBlocks(form) });
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ ok: true, channel, ts: form["ts"] ?? ts, message: { ts } }));
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

async function readForm(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (request.headers["content-type"]?.includes("json")) return JSON.parse(body) as Record<string, unknown>;
  return Object.fromEntries(new URLSearchParams(body));
}

function textOfBlocks(form: Record<string, unknown>): string[] {
  const parse = (value: unknown): unknown =>
    typeof value === "string" && value !== "" ? JSON.parse(value) : value;
  const lines: string[] = [];
  collect(parse(form["blocks"]));
  collect(parse(form["attachments"]));
  return lines;

  function collect(node: unknown): void {
    if (Array.isArray(node)) for (const item of node) collect(item);
    else if (typeof node === "object" && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if (key === "text" && typeof value === "string") lines.push(...value.split("\n"));
        else collect(value);
      }
    }
  }
}
