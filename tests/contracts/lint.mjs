// Holds a contract against the specification of its format. The linter comes with openapi-typescript.
//   node lint.mjs <document.json>      prints what is wrong, one line each

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../static/package.json", import.meta.url));
const { createConfig, lintFromString } = require("@redocly/openapi-core");

const file = process.argv[2];
const config = await createConfig({ rules: { struct: "error", "no-unresolved-refs": "error" } });
const problems = await lintFromString({ source: readFileSync(file, "utf8"), absoluteRef: file, config });
for (const { message, location } of problems) console.log(`${location[0]?.pointer}: ${message}`);
