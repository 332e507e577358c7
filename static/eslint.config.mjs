// What the compiler lets through and a reader would stumble over. Typed: the rules know what an expression is.

import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist/", "node_modules/", "src/contract/*.d.ts", "*.mjs"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      // `onClick={() => room.leave()}` says it as well.
      "@typescript-eslint/no-confusing-void-expression": "off",
      // A number in a text is what it is meant to be.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // The letters of a text by code point, which is what is wanted here.
      "@typescript-eslint/no-misused-spread": ["error", { allow: [{ from: "lib", name: "string" }, "string"] }],
      // `false || undefined` leaves an attribute out.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { boolean: true } }],
      // Does not see that something may have changed while one waited.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // One of several types of an input is told to the compiler as one of them.
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      // `on<Frame>(...)` says what a listener is given.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["tests/**"],
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: ["test", "describe", "it"], package: "node:test" }] },
      ],
      // What stands in for something asynchronous need not wait for anything.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
    },
  },
);
