import { z } from "zod";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";
import {
  SECRET_ADDRESS_FIELDS,
  SECRET_ADDRESS_VIEW,
  STORED_SECRET_ADDRESS,
  showSecretAddress,
} from "../secret-address.ts";

const kind = z.literal("teams");

/** teamsChannel is a workflow of Microsoft Teams that posts what its webhook is sent. */
export const teamsChannel = defineChannelKind({
  kind: "teams",
  label: "Microsoft Teams",
  schema: z.object({ ...STORED_BASE, kind, ...STORED_SECRET_ADDRESS }),
  fields: SECRET_ADDRESS_FIELDS,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...SECRET_ADDRESS_FIELDS }),
  viewSchema: z.object({ ...VIEW_BASE, kind, ...SECRET_ADDRESS_VIEW }),
  secrets: ["url"],
  isSigned: false,
  audience: "people",
  example: {
    url: "https://prod-01.westeurope.logic.azure.example/workflows/abc/triggers/manual/paths/invoke?sig=def",
  },
  show: showSecretAddress,
  concerns: () => true,
});
