import { secretAddressKind } from "../secret-address.ts";

/** teamsChannel is a workflow of Microsoft Teams that posts what its webhook is sent. */
export const teamsChannel = secretAddressKind({
  kind: "teams",
  label: "Microsoft Teams",
  example: {
    url: "https://prod-01.westeurope.logic.azure.example/workflows/abc/triggers/manual/paths/invoke?sig=def",
  },
});
