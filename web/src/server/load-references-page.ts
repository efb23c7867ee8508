import "server-only";
import { listModelNames, loadReferences } from "@leeway/store";
import type { ReferencesView } from "../view/model-page.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";
import { loadReferencePanel } from "./reference.ts";
import { loadTraffic, type Traffic } from "./traffic.ts";

/** ReferencesPageView is what each version of a model is compared with, and every reference that the model has. */
export interface ReferencesPageView {
  versions: { traffic: Traffic; references: ReferencesView }[];
  all: ReferencesView["all"];
  apiUrl: string;
  madeAt: number;
}

/** The newest versions with traffic: older ones are looked at one by one, on the model's page. */
const MOST_VERSIONS = 20;

/** loadReferencesPage returns the references of a model of the person's project, or undefined where there is no such model. */
export async function loadReferencesPage(
  principal: Principal,
  model: string,
): Promise<ReferencesPageView | undefined> {
  const { store, now, config } = server();
  const { project } = principal;
  const [names, traffic] = await Promise.all([listModelNames(store, project), loadTraffic(principal, model)]);
  if (!names.includes(model)) return undefined;
  const newest = traffic.sort((a, b) => b.lastSeen - a.lastSeen).slice(0, MOST_VERSIONS);
  const [known, versions] = await Promise.all([
    loadReferences(store, project, model),
    Promise.all(
      newest.map(async (one) => ({ traffic: one, references: await loadReferencePanel(principal, one) })),
    ),
  ]);
  const inUse = versions.flatMap(({ references }) => references.all);
  return {
    versions,
    all: known.references.flatMap(({ id }) => inUse.find((one) => one.id === id) ?? []),
    apiUrl: config.ingestUrl,
    madeAt: now(),
  };
}
