import { SMTPServer } from "smtp-server";

/** An e-mail as it came over SMTP. */
export interface ReceivedMail {
  subject: string;
  to: string;
}

/** startMailReceiver takes every e-mail on loopback, without a password, and hands it to `onMail`. */
export async function startMailReceiver(
  port: number,
  onMail: (mail: ReceivedMail) => void,
): Promise<{ stop(): void }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
        callback();
        const head = Buffer.concat(chunks).toString().split("\r\n\r\n")[0] ?? "";
        onMail({
          subject: decodeWords(headerOf(head, "Subject")),
          to,
        });
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { stop: () => server.close(() => undefined) };
}

function headerOf(head: string, name: string): string {
  const unfolded = head.replace(/\r\n[ \t]+/g, " ");
  const line = unfolded.split("\r\n").find((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim() ?? "";
}

// RFC 2047: "=?UTF-8?B?…?=" and "=?UTF-8?Q?…?="; the space between two encoded words is not part of the text.
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind: string, body: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(body, "base64").toString()
        : decodeURIComponent(
            body
              .replaceAll("_", " ")
              .replaceAll("%", "%25")
              .replace(/=([0-9A-F]{2})/gi, "%$1"),
          ),
    );
}
