import type { HttpGet } from "../scraping/endpoint/http-get.ts";
import type { AgentConfig } from "../scraping/targets/agent-config.ts";
import { type FoundTargets, readFileTargets } from "../scraping/targets/file-targets.ts";
import { findKubernetesTargets } from "../scraping/targets/kubernetes-targets.ts";
import type { Target } from "../scraping/targets/target.ts";
import { toTarget } from "../scraping/targets/to-target.ts";

/** FindTargets returns the targets there are now, by their id. */
export type FindTargets = () => Promise<ReadonlyMap<string, Target>>;

/** createTargetFinder returns a finder over the list, the files and Kubernetes. A place that can't be read keeps the targets it had, and says so once. */
export function createTargetFinder(
  config: AgentConfig,
  deps: {
    readonly get: HttpGet;
    readonly hostname: string;
    readonly onProblem: (place: string, message: string) => void;
  },
): FindTargets {
  const places: [string, () => Promise<FoundTargets>][] = [
    ...config.files.map(({ path }): [string, () => Promise<FoundTargets>] => [
      path,
      () => readFileTargets(path),
    ]),
  ];
  const { kubernetes } = config;
  if (kubernetes !== undefined)
    places.push(["kubernetes", () => findKubernetesTargets(kubernetes, deps.get)]);
  const last = new Map<string, readonly Target[]>();
  const said = new Map<string, string>();

  function tell(place: string, problems: readonly string[]): void {
    const text = problems.join("; ");
    if (said.get(place) !== text && text !== "") deps.onProblem(place, text);
    said.set(place, text);
  }

  return async () => {
    const listed = config.targets.map((given) => toTarget(given, config, deps.hostname));
    await Promise.all(
      places.map(async ([place, find]) => {
        const found = await find();
        if (found.kind === "failed") return tell(place, [found.message]);
        tell(place, found.problems);
        last.set(
          place,
          found.targets.map(({ target, meta }) => toTarget(target, config, deps.hostname, meta)),
        );
      }),
    );
    const all = [...listed, ...places.flatMap(([place]) => last.get(place) ?? [])];
    return new Map(all.map((target) => [target.id, target]));
  };
}
