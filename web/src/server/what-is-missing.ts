import "server-only";
import { headers } from "next/headers";
import { MODEL_ADDRESS, type PageAddress } from "../view/page-address.ts";
import { ADDRESS_HEADER } from "./address-header.ts";
import { findModelPage } from "./find-model-page.ts";
import { currentPrincipal } from "./principal.ts";

/** Missing says what of an address does not exist, and where to go on. */
export interface Missing {
  message: string;
  href: string;
  link: string;
}

const NOWHERE: Missing = {
  message: "The model or incident may have another name, or may belong to another project.",
  href: "/",
  link: "Go to the overview",
};

/** whatIsMissing returns what of the address of this request does not exist, in words. */
export async function whatIsMissing(): Promise<Missing> {
  const [principal, address] = [await currentPrincipal(), (await headers()).get(ADDRESS_HEADER)];
  if (principal === undefined || address === null) return NOWHERE;
  const url = new URL(address, "http://own.invalid");
  const [kind, name, ...rest] = url.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  if (name === undefined || rest.length > 0) return NOWHERE;
  if (kind === "incidents") {
    const message = `There is no incident ${name} in this project.`;
    return { message, href: "/incidents", link: "Go to the incidents" };
  }
  if (kind !== "models") return NOWHERE;
  const asked: PageAddress = {};
  for (const piece of MODEL_ADDRESS) {
    const value = url.searchParams.get(piece);
    if (value !== null && value !== "") asked[piece] = value.slice(0, 512);
  }
  const found = await findModelPage(principal, name, asked);
  if (found.outcome === "found") return NOWHERE;
  const isModelKnown = (await findModelPage(principal, name, {})).outcome === "found";
  return isModelKnown
    ? { message: found.message, href: `/models/${encodeURIComponent(name)}`, link: `Go to ${name}` }
    : { ...NOWHERE, message: found.message };
}
