export { createTestDatabase, type TestDatabase } from "./create-test-database.ts";
export { startTestEngine, type TestEngine } from "./start-test-engine.ts";
