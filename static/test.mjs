// Runs every *.test.ts and *.test.tsx under src/ and tests/ with Node's own runner, bundled by esbuild first.
// Arguments go to the runner: `npm test -- --test-name-pattern=roster`.

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { bundling } from "./bundle.mjs";

const ROOT = path.dirname(fileURLToPath(import.meta.url));

/** Test sources below `folder`, relative to ROOT; none if the folder is not there. */
async function testsUnder(folder) {
  const entries = await readdir(path.join(ROOT, folder), { recursive: true }).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => path.join(folder, name));
}

const sources = [...(await testsUnder("src")), ...(await testsUnder("tests"))].sort();
if (sources.length === 0) throw new Error("There is no *.test.ts under src/ or tests/.");

// Inside node_modules, so that whatever stays outside the bundle still resolves.
const built = await mkdtemp(path.join(ROOT, "node_modules", ".tests-"));
try {
  const { metafile } = await esbuild.build({
    ...bundling,
    absWorkingDir: ROOT,
    entryPoints: sources,
    outbase: ".",
    outdir: built,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    packages: "external",
    sourcemap: "inline",
    metafile: true,
  });
  const files = Object.keys(metafile.outputs).map((file) => path.resolve(ROOT, file));
  const options = ["--enable-source-maps", "--test", ...process.argv.slice(2)];
  const run = spawnSync(process.execPath, [...options, ...files], { cwd: ROOT, stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(built, { recursive: true, force: true });
}
