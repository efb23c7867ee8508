import { z } from "zod";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";

const kind = z.literal("email");
const fields = { to: z.array(z.email()).min(1).max(50) };

/** emailChannel is a list of mail addresses. */
export const emailChannel = defineChannelKind({
  kind: "email",
  label: "E-mail",
  schema: z.object({ ...STORED_BASE, kind, ...fields }),
  fields,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields }),
  viewSchema: z.object({ ...VIEW_BASE, kind, to: z.array(z.string()) }),
  secrets: [],
  isSigned: false,
  audience: "people",
  example: { to: ["on-call@leeway.example"] },
  show: (channel) => channel,
  concerns: () => true,
});
