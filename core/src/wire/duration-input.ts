import { z } from "zod";
import { durationSchema } from "./scalars.ts";

/** durationInput accepts a wire duration (`1h`) or, as answers give them, milliseconds; so that what was read can be sent back. */
export const durationInput = z.union([durationSchema, z.number().int().positive()]);
