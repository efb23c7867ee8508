import type { RequestListener } from "node:http";

/** SlackPost is one message of the workspace. */
export interface SlackPost {
  ts: string;
  thread_ts?: string;
  text: string;
  blocks: { type: string; text?: { type: string; text: string; verbatim?: boolean } }[];
  metadata?: { event_type: string; event_payload: Record<string, string> };
}

/** SlackDouble stands in for a workspace with one channel: it keeps what was posted, and answers as Slack documents. */
export interface SlackDouble {
  listener: RequestListener;
  posts: SlackPost[];
  calls: string[];
  /** What happens to the answer of the next message that is posted. */
  next: "answer" | "lose the answer";
  /** Whether the app may read the channel. */
  mayRead: boolean;
}

/** slackDouble returns a workspace whose only channel is #ml-alerts, with the id C123. */
export function slackDouble(): SlackDouble {
  const double: SlackDouble = { posts: [], calls: [], next: "answer", mayRead: true, listener };
  function listener(...[request, response]: Parameters<RequestListener>): void {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const method = (request.url ?? "").replace(/^.*\/api\//, "");
      double.calls.push(method);
      const answer = call(double, method, form);
      if (method === "chat.postMessage" && double.next === "lose the answer") {
        double.next = "answer";
        return void request.socket.destroy();
      }
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer));
    });
  }
  return double;
}

const CHANNEL = "C123";

function call(double: SlackDouble, method: string, form: Record<string, string>) {
  const refuse = (error: string) => ({ ok: false, error });
  if (method.startsWith("conversations.") && !double.mayRead) return refuse("missing_scope");
  switch (method) {
    case "chat.postMessage": {
      if (![CHANNEL, "#ml-alerts", "ml-alerts"].includes(form["channel"] ?? ""))
        return refuse("channel_not_found");
      const ts = `${1_767_571_200 + double.posts.length}.000100`;
      double.posts.push({ ts, ...messageOf(form) });
      return { ok: true, ts, channel: CHANNEL };
    }
    case "chat.update": {
      const post = double.posts.find((one) => one.ts === form["ts"]);
      if (form["channel"] !== CHANNEL || post === undefined) return refuse("message_not_found");
      Object.assign(post, { blocks: JSON.parse(form["blocks"] ?? "[]"), text: form["text"] });
      return { ok: true, ts: post.ts, channel: CHANNEL };
    }
    case "conversations.list":
      return {
        ok: true,
        channels: [{ id: CHANNEL, name: "ml-alerts" }],
        response_metadata: { next_cursor: "" },
      };
    case "conversations.history":
    case "conversations.replies": {
      if (form["channel"] !== CHANNEL) return refuse("channel_not_found");
      const since = Number(form["oldest"]);
      const messages = double.posts.filter(
        (post) =>
          Number(post.ts) >= since &&
          (method === "conversations.history" ? post.thread_ts === undefined : post.thread_ts === form["ts"]),
      );
      const isWhole = form["include_all_metadata"] === "true";
      return {
        ok: true,
        messages: messages.map(({ metadata, ...rest }) => (isWhole ? { ...rest, metadata } : rest)),
      };
    }
    default:
      return refuse("unknown_method");
  }
}

function messageOf(form: Record<string, string>): Omit<SlackPost, "ts"> {
  return {
    text: form["text"] ?? "",
    blocks: JSON.parse(form["blocks"] ?? "[]"),
    ...(form["thread_ts"] === undefined ? {} : { thread_ts: form["thread_ts"] }),
    ...(form["metadata"] === undefined ? {} : { metadata: JSON.parse(form["metadata"]) }),
  };
}
