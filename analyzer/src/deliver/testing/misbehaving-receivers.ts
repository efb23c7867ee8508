import type { IncomingMessage, RequestListener } from "node:http";
import type { SMTPServerOptions } from "smtp-server";

/** Misbehaviour is what a receiver of the tests does with a delivery. */
export type Misbehaviour =
  | "accepts"
  | "rate limits"
  | "is broken"
  | "refuses"
  | "never answers"
  | "hangs up"
  | "redirects";

/** httpReceiver returns an HTTP receiver that behaves so and keeps the requests it saw. */
export function httpReceiver(what: Misbehaviour, seen: IncomingMessage[]): RequestListener {
  return (request, response) => {
    seen.push(request);
    switch (what) {
      case "accepts":
        return void response.writeHead(204).end();
      case "rate limits":
        return void response.writeHead(429, { "retry-after": "7" }).end();
      case "is broken":
        return void response.writeHead(503).end();
      case "refuses":
        return void response.writeHead(404).end();
      case "redirects":
        return void response.writeHead(302, { location: "http://169.254.169.254/" }).end();
      case "hangs up":
        return void request.socket.destroy();
      case "never answers":
        return undefined;
      default:
        return what satisfies never;
    }
  };
}

/** slackReceiver returns a Slack workspace that behaves so; Slack answers 200 also where it refuses. */
export function slackReceiver(what: Misbehaviour): RequestListener {
  const plain = httpReceiver(what, []);
  return (request, response) => {
    response.setHeader("content-type", "application/json");
    if (what === "accepts") return void response.end(JSON.stringify({ ok: true, ts: "1.2", channel: "C1" }));
    if (what === "refuses")
      return void response.end(JSON.stringify({ ok: false, error: "channel_not_found" }));
    return plain(request, response);
  };
}

/** smtpReceiver returns a mail server that behaves so and keeps the mails it took. */
export function smtpReceiver(what: Misbehaviour, mails: string[]): SMTPServerOptions {
  const answer = (code: number) => Object.assign(new Error(`${code} no`), { responseCode: code });
  return {
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onConnect: (session, done) => {
      if (what === "never answers") return;
      if (what === "hangs up") return done(answer(421));
      void session;
      done();
    },
    onRcptTo: (_address, _session, done) => {
      if (what === "rate limits") return done(answer(450));
      if (what === "is broken") return done(answer(451));
      return done(what === "refuses" ? answer(550) : undefined);
    },
    onData: (stream, _session, done) => {
      let text = "";
      stream.on("data", (chunk) => {
        text += chunk;
      });
      stream.on("end", () => {
        mails.push(text);
        done();
      });
    },
  };
}
