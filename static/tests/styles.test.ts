import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const FOLDER = "src/styles";
const PHYSICAL =
  /(margin|padding|border)-(left|right)\b|^\s*(left|right):|text-align: (left|right)|float: (left|right)/;
/** What gives the four sides one by one, and so may give left another than right. */
const SIDES = /^\s*(inset|margin|padding|border-width): ([^;]+);/;

/** The values of a declaration, each function counting as one. */
function valuesOf(text: string): string[] {
  return text.match(/[^\s(]+(\((?:[^()]|\([^()]*\))*\))?/g) ?? [];
}

function isLopsided(line: string): boolean {
  const [, , given] = SIDES.exec(line) ?? [];
  if (!given) return false;
  const [, right, , left] = valuesOf(given);
  return left !== undefined && left !== right;
}

/**
 * Lines that would be wrong where the writing runs from right to left: not where a rule of its own says how it is there,
 * nor in what is turned around anyway.
 */
function physicalIn(css: string): string[] {
  const rules = css.split("}");
  const mended = new Set(rules.map((rule) => /([^{}]+):dir\(rtl\)/.exec(rule)?.[1]?.trim()).filter(Boolean));
  return rules
    .filter(
      (rule) =>
        !rule.includes(":dir(") &&
        !rule.includes(" rotate: ") &&
        !mended.has(
          rule
            .split("{")[0]
            ?.replace(/\/\*.*\*\//s, "")
            .trim(),
        ),
    )
    .flatMap((rule) => rule.split("\n"))
    .filter((line) => PHYSICAL.test(line) || (isLopsided(line) && !line.includes("50%")));
}

for (const name of (await readdir(FOLDER)).filter((each) => each.endsWith(".css"))) {
  test(`${name} is laid out along the line of writing, not from left to right`, async () => {
    assert.deepEqual(physicalIn(await readFile(`${FOLDER}/${name}`, "utf8")), []);
  });
}

test("what is lopsided is found", () => {
  assert.equal(physicalIn(".a {\n  margin: 0 1px 0 2px;\n  left: 1px;\n  inset: 0 auto max(1px, 2px);\n}").length, 2);
  assert.deepEqual(physicalIn(".a {\n  margin: 0 0 0 auto;\n}\n.a:dir(rtl) {\n  margin: 0 auto 0 0;\n}"), []);
});

/** The classes that a stylesheet says something of on their own, whatever they stand in or with. */
function ownClasses(css: string): Set<string> {
  const selectors = css.replace(/\/\*.*?\*\//gs, "").match(/[^{};]+(?=\{)/g) ?? [];
  const single = selectors.flatMap((each) => each.split(",")).map((each) => each.trim());
  return new Set(single.filter((each) => /^\.[\w-]+$/.test(each)));
}

test("a class means one thing: only one stylesheet lays it out", async () => {
  const homes = new Map<string, Set<string>>();
  for (const name of (await readdir(FOLDER)).filter((each) => each.endsWith(".css"))) {
    for (const one of ownClasses(await readFile(`${FOLDER}/${name}`, "utf8"))) {
      homes.set(one, (homes.get(one) ?? new Set()).add(name));
    }
  }
  const shared = [...homes].filter(([, names]) => names.size > 1).map(([one, names]) => `${one}: ${[...names].join()}`);
  assert.deepEqual(shared, []);
});
