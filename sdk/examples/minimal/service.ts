import { createServer } from "node:http";
import { createLeeway } from "@leeway/sdk";

const leeway = createLeeway({
  url: process.env["LEEWAY_URL"] ?? "http://localhost:4700",
  apiKey: process.env["LEEWAY_API_KEY"] ?? "",
  model: "house-prices",
  version: "1",
});

/** The model: a linear rule, to have something to ask. */
function estimatePrice(house: { area: number; rooms: number }): number {
  return 50_000 + 2_100 * house.area + 8_000 * house.rooms;
}

// GET /price?area=80&rooms=3 answers with a price and an id; GET /sold?id=…&price=… tells what it was sold for.
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/sold") {
    leeway.label({ predictionId: searchParams.get("id") ?? "", value: Number(searchParams.get("price")) });
    return response.end("{}");
  }
  const house = { area: Number(searchParams.get("area")), rooms: Number(searchParams.get("rooms")) };
  const answer = await leeway.run(undefined, async () => {
    const { value } = await leeway.observe(house, () => ({ value: estimatePrice(house) }));
    return { price: value, id: leeway.currentPredictionId() };
  });
  return response.end(JSON.stringify(answer));
});

server.listen(Number(process.env["PORT"] ?? 3000), () => console.log(JSON.stringify(server.address())));
process.once("SIGTERM", async () => {
  server.close();
  server.closeAllConnections();
  await leeway.close();
});
