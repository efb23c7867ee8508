import type { environmentSchema } from "@leeway/core/wire";
import type { z } from "zod";

/** Environment is where predictions are made. */
export type Environment = z.infer<typeof environmentSchema>;
