import type { z } from "zod";
import { unionOfKinds } from "./union-of-kinds.ts";

/** channelSchema is where people and machines are notified of incidents. Secrets live here and leave only towards their receiver. */
export const channelSchema = unionOfKinds("schema");

export type Channel = z.infer<typeof channelSchema>;
