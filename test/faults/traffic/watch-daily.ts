import { API_KEY } from "../processes/start-world.ts";

/** watchDaily has `model` watched in windows of a day: of five days with some hundred predictions each, three become its reference and two are judged. */
export async function watchDaily(url: string, model: string): Promise<void> {
  const answer = await fetch(`${url}/v1/models/${model}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ task: "binary", window: "1d" }),
  });
  if (!answer.ok) throw new Error(`the model's window was answered ${answer.status}: ${await answer.text()}`);
}
