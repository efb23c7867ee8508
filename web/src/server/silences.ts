import "server-only";
import type { Silence } from "@leeway/core/records";
import type { SilenceInput, SilenceMatchers, SilencePreview } from "@leeway/core/silences";
import {
  createSilence,
  endSilence,
  readSilencePreview,
  readSilences,
  type SilenceRecord,
} from "@leeway/store";
import { requireAdmin } from "./act-on-incident.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

const REFUSAL = "Your role may look at silences but not change them.";

/** loadSilences returns the silences of the person's project, newest first, with what each kept back. */
export function loadSilences({ project }: Principal): Promise<SilenceRecord[]> {
  const { store, now } = server();
  return readSilences(store, project, now());
}

/** previewSilenceAs returns what a silence would keep back in the person's project. */
export function previewSilenceAs(
  { project }: Principal,
  wish: SilenceMatchers & Pick<Silence, "recurs">,
): Promise<SilencePreview> {
  const { store, now } = server();
  return readSilencePreview(store, project, wish, now());
}

/** createSilenceAs makes a silence in the name of a signed-in administrator, by the verb that the API calls, too. */
export async function createSilenceAs(principal: Principal, input: SilenceInput): Promise<Silence> {
  requireAdmin(principal, REFUSAL);
  const { store, now, random } = server();
  const id = `silence_${random(16).toString("hex")}`;
  return createSilence(store, principal.project, { input, id, actor: principal.email, now: now() });
}

/** endSilenceAs ends a silence in the name of a signed-in administrator. */
export async function endSilenceAs(principal: Principal, id: string): Promise<void> {
  requireAdmin(principal, REFUSAL);
  const { store, now } = server();
  await endSilence(store, principal.project, { id, actor: principal.email, now: now() });
}
