export { type EngineConfig, parseEngineConfig } from "./config.ts";
export { type RunningEngine, startEngine } from "./start-engine.ts";
