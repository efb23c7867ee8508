import { z } from "zod";

/** removedSchema is the answer to a removal. */
export const removedSchema = z.object({ id: z.string(), removed: z.boolean() });
