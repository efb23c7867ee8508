import type { World } from "../processes/start-world.ts";
import { untilTrue } from "../processes/until-true.ts";
import { postJson } from "../traffic/post-json.ts";

/** untilAcknowledging sends fresh predictions of a model of their own until one is acknowledged, and returns how long that took, milliseconds. */
export async function untilAcknowledging(world: World, name: string): Promise<number> {
  let n = 0;
  const isAcknowledged = async () => {
    const timestamp = Date.now();
    const id = `${name}-${timestamp}-${n++}`;
    const prediction = {
      ...{ id, timestamp, model: "probe", version: "1" },
      ...{ features: { n }, prediction: { value: 1 } },
    };
    const answer = await postJson(
      `${world.url}/v1/predictions`,
      JSON.stringify({ predictions: [prediction] }),
      2_000,
    );
    return answer.status === 200 && JSON.parse(answer.body).accepted === 1;
  };
  return untilTrue(isAcknowledged, "a fresh prediction being acknowledged");
}
