// How TypeScript becomes JavaScript: the same for the shipped client and for the tests.

/** @type {import("esbuild").BuildOptions} */
export const bundling = {
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  charset: "utf8",
  logLevel: "warning",
};
