// Builds the browser client into dist/:
//   index.html      the page, naming the files below
//   assets/         scripts and styles under hashed names (cacheable for ever), with their source maps
//   docs/           the files of the API reference
// `--watch` builds again whenever a source changes. `--design` builds the page of all parts as well, into dist/design/: for
// those who work on Convene, and in no wheel.

import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import * as esbuild from "esbuild";

import { bundling } from "./bundle.mjs";

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(ROOT, "dist");
const SCRIPT = "src/main.tsx";
const STYLE = "src/styles/main.css";
const PAGE = "src/index.html";
const REFERENCE_FILES = ["swagger-ui-bundle.js", "swagger-ui.css"];

/** @type {import("esbuild").BuildOptions} */
const options = {
  ...bundling,
  absWorkingDir: ROOT,
  entryPoints: { main: SCRIPT, style: STYLE },
  outdir: "dist/assets",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: "/assets",
  platform: "browser",
  splitting: true,
  minify: true,
  sourcemap: "external",
  metafile: true,
  loader: { ".svg": "file", ".woff2": "file" },
  define: { "process.env.NODE_ENV": '"production"' },
};

/** The hashed file that came out of `source`, with the chunks it loads at once, and those that these load. */
function outputOf(outputs, source) {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === source);
  if (!found) throw new Error(`Nothing was built from ${source}.`);
  const [file] = found;
  const loaded = new Set([file]);
  for (const each of loaded) {
    const chunks = outputs[each].imports.filter((one) => one.kind === "import-statement");
    for (const chunk of chunks) loaded.add(chunk.path);
  }
  loaded.delete(file);
  return { url: urlOf(file), chunkUrls: [...loaded].map(urlOf) };
}

function urlOf(file) {
  return `/${path.posix.relative("dist", file)}`;
}

/** `html` with `/src/...` replaced by what was built from it; fails if the page does not name it. */
function withBuiltName(html, source, url) {
  const reference = `"/${source}"`;
  if (!html.includes(reference)) throw new Error(`${PAGE} does not refer to ${reference}.`);
  return html.replaceAll(reference, `"${url}"`);
}

async function writePage(outputs) {
  const script = outputOf(outputs, SCRIPT);
  const style = outputOf(outputs, STYLE);
  const preloads = script.chunkUrls.map((url) => `    <link rel="modulepreload" href="${url}">\n`).join("");
  let html = await readFile(path.join(ROOT, PAGE), "utf8");
  html = withBuiltName(html, SCRIPT, script.url);
  html = withBuiltName(html, STYLE, style.url);
  html = html.replace(/ *<\/head>/, (end) => preloads + end);
  await writeFile(path.join(DIST, "index.html"), html);
}

async function copyReference() {
  const source = path.dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  await mkdir(path.join(DIST, "docs"), { recursive: true });
  for (const name of REFERENCE_FILES) {
    await copyFile(path.join(source, name), path.join(DIST, "docs", name));
  }
}

/** Removes what earlier builds left; only after the new page stands, so a running server never lacks a file. */
async function removeStale(outputs) {
  const current = new Set(Object.keys(outputs).map((file) => path.basename(file)));
  for (const name of await readdir(path.join(DIST, "assets"))) {
    if (!current.has(name)) await rm(path.join(DIST, "assets", name));
  }
}

async function reportSizes(outputs) {
  const files = Object.keys(outputs)
    .filter((file) => !file.endsWith(".map"))
    .sort();
  for (const file of files) {
    const zipped = await promisify(gzip)(await readFile(path.join(ROOT, file)));
    console.log(`${(zipped.length / 1000).toFixed(1).padStart(8)} kB gzipped  ${file}`);
  }
}

/** By itself, so that what is shipped is split the same with and without it. */
async function buildDesignPage() {
  await esbuild.build({
    ...bundling,
    absWorkingDir: ROOT,
    entryPoints: { main: "src/design_page/main.tsx", style: "src/design_page/style.css" },
    outdir: "dist/design",
    platform: "browser",
    minify: true,
    define: options.define,
  });
  await copyFile(path.join(ROOT, "src/design_page/index.html"), path.join(DIST, "design", "index.html"));
}

async function finish({ metafile: { outputs } }) {
  await writePage(outputs);
  await copyReference();
  await removeStale(outputs);
  await reportSizes(outputs);
}

const finishing = {
  name: "finish",
  setup: (build) => build.onEnd((result) => (result.errors.length === 0 ? finish(result) : undefined)),
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, plugins: [finishing] });
  await context.watch();
} else {
  await finish(await esbuild.build(options));
}
if (process.argv.includes("--design")) await buildDesignPage();
