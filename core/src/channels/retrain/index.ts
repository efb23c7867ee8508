export { toRetrainPayload } from "./to-retrain-payload.ts";
