import type { Incident } from "@leeway/core/records";
import { expect, it } from "vitest";
import type { RouteDeps } from "../route-deps.ts";
import { listIncidents } from "./list-incidents.ts";

it("gives incidents page by page, each once, also while new ones open", async () => {
  const incidents = Array.from(
    { length: 5 },
    (_, i) =>
      ({ id: `i${i}`, model: "m", state: "firing", started_at: i, evaluations: [] }) as unknown as Incident,
  );
  const none = { list: async () => [] };
  const records = { incident: { list: async () => incidents }, incidentAction: none, model: none };
  const route = listIncidents({ store: { records } } as unknown as RouteDeps);
  const read = async (query: object) =>
    (await route.handle({
      query: route.query!.parse({ limit: "2", ...query }),
      principal: { project: "p" },
    } as never)) as {
      incidents: Incident[];
      next_cursor: string | null;
    };
  const first = await read({});
  incidents.push({ ...incidents[0]!, id: "new", started_at: 9 });
  const second = await read({ cursor: first.next_cursor });
  const last = await read({ cursor: second.next_cursor });
  const ids = [first, second, last].flatMap((page) => page.incidents.map(({ id }) => id));
  expect(ids).toEqual(["i4", "i3", "i2", "i1", "i0"]);
  expect(last.next_cursor).toBeNull();
  await expect(read({ cursor: "nobody" })).rejects.toThrow(/cursor/);
});
