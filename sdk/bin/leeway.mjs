#!/usr/bin/env node
// The command inside this repository, straight from its sources; the published package runs dist/cli.js.
import { register } from "tsx/esm/api";

register();
await import("../src/cli/main.ts");
