import { readFileSync } from "node:fs";
import type { SourceName } from "@leeway/core/quantities";
import { toExposition } from "../agent/nvidia-smi/to-exposition.ts";
import type { Exposition } from "../scraping/exposition/exposition.ts";
import { readExposition } from "../scraping/exposition/exposition-reader.ts";
import { isWanted } from "../scraping/mapping/read-quantities.ts";

const APP_FIELDS = ["gpu_uuid", "pid", "process_name", "used_gpu_memory"];
const APPS = "GPU-0000-0, 4242, /usr/bin/python3 serve.py, a=1, 30208\nGPU-0000-1, 77, other, [N/A]\n";

/** readFixture returns a source's synthetic scrape, which stands in the source's folder. */
export function readFixture(source: SourceName): Exposition {
  const folder = new URL(`../agent/${source}/`, import.meta.url);
  if (source !== "nvidia-smi") {
    return readExposition(readFileSync(new URL("scrape.prom", folder), "utf8"), { wants: isWanted });
  }
  const [header = "", ...rows] = readFileSync(new URL("scrape.csv", folder), "utf8").split("\n");
  return toExposition(header.split(", "), rows.join("\n"), APP_FIELDS, APPS);
}
