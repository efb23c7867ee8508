import type { World } from "../processes/start-world.ts";

/** readRows asks the engine directly, past every query of the product, and returns the rows. */
export async function readRows<Row>(
  world: World,
  query: string,
  parameters: Readonly<Record<string, string | number>>,
): Promise<Row[]> {
  const answer = await world.store.client.query({ query, query_params: parameters, format: "JSONEachRow" });
  return answer.json<Row>();
}
