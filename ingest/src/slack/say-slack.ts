const HOSTS = new Set(["hooks.slack.com", "hooks.slack-gov.com"]);
const PATIENCE_MS = 5_000;

/** isSlackResponseUrl decides whether an address is one at which Slack takes answers to a click. O(1). */
export function isSlackResponseUrl(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === "https:" && url.port === "" && HOSTS.has(url.hostname);
}

/** saySlack shows `text` to the person who clicked, and to nobody else; it throws where Slack does not take it. */
export async function saySlack(responseUrl: string, text: string): Promise<void> {
  if (!isSlackResponseUrl(responseUrl)) throw new Error("the response address is not Slack's");
  const answer = await fetch(responseUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sayToOne(text)),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`Slack answered ${answer.status}`);
}

/** sayToOne returns a message that only the person who clicked sees, beside the one with the button. O(n). */
export function sayToOne(text: string) {
  return {
    response_type: "ephemeral",
    replace_original: false,
    text,
    blocks: [{ type: "section", text: { type: "plain_text", text, emoji: false } }],
  };
}
