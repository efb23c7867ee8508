// Builds what is published: dist/index.js (ESM), dist/index.cjs, dist/types, and dist/agent.js and dist/cli.js with what they need bundled.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = process.env.LEEWAY_SDK_DIST ?? `${root}dist`;
const LARGEST_GZIPPED_BYTES = 15_000;

rmSync(dist, { recursive: true, force: true });

const library = {
  absWorkingDir: root,
  entryPoints: ["src/index.ts"],
  bundle: true,
  platform: "neutral",
  target: "es2022",
  external: ["node:*"],
  minify: true,
  legalComments: "none",
};
await build({ ...library, format: "esm", outfile: `${dist}/index.js` });
await build({ ...library, format: "cjs", outfile: `${dist}/index.cjs` });
// The agent and the command run on Node only; the YAML reader is CommonJS and asks for Node's own modules by `require`, which an ES module has only if it
// makes it.
const program = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  minify: true,
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
};
await build({ ...program, entryPoints: ["src/agent/index.ts"], outfile: `${dist}/agent.js` });
await build({ ...program, entryPoints: ["src/cli/main.ts"], outfile: `${dist}/cli.js` });
chmodSync(`${dist}/cli.js`, 0o755);

const tsc = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));
execFileSync(tsc, ["-p", "tsconfig.build.json", "--outDir", `${dist}/types`], {
  cwd: root,
  stdio: "inherit",
});
rewriteImports(`${dist}/types`);
// A CommonJS importer takes declarations for CommonJS only from a folder that says it is such.
cpSync(`${dist}/types`, `${dist}/types-cjs`, { recursive: true });
writeFileSync(`${dist}/types-cjs/package.json`, '{ "type": "commonjs" }\n');

for (const name of ["index.js", "index.cjs"]) {
  const bytes = gzipSync(readFileSync(`${dist}/${name}`), { level: 9 }).length;
  console.log(`${name}: ${bytes} bytes gzipped`);
  if (bytes > LARGEST_GZIPPED_BYTES)
    throw new Error(`${name} is larger than ${LARGEST_GZIPPED_BYTES} bytes gzipped`);
}

/** Declarations name the sources they came from; who installs the package has only the declarations. */
function rewriteImports(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(["']\.{1,2}\/[^"']+)\.ts(["'])/g, "$1.js$2"));
  }
}
