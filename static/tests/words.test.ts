import assert from "node:assert/strict";
import { test } from "node:test";

import { number } from "../src/words/count";
import { en, type Words } from "../src/words/en";
import { de } from "../src/words/de";
import { es } from "../src/words/es";
import { bestOf, isKnown, ownNameOf, LANGUAGES } from "../src/words/locale";
import type { Refused } from "../src/words/en/refusals";
import { pseudo } from "../src/words/pseudo";

type Saying = string | ((...values: never[]) => string);

const TRANSLATIONS: Record<string, Words> = { de, es, "ar-XB": pseudo };

/** What is rightly the same in another language: names, loans, examples and pure punctuation. */
const SAME = new Set([
  "admin.sessions.by",
  "statistics.columns.name",
  "tenants.name",
  "tenants.logo",
  "tenants.domains",
  "admin.pages.roles",
  "brand",
  "chat.by",
  "audit.areas.chat:",
  "chat.tab",
  "closed.failed.hint",
  "closed.reason",
  "form.settings.allow_chat.name",
  "history.asText",
  "history.chat",
  "entry.code",
  "form.nowIs",
  "history.code",
  "history.host",
  "history.status",
  "join.placeholder",
  "people.hosts",
  "ready.link",
  "replay.kinds.chat",
  "replay.of",
  "replay.times",
  "roles.co_host",
  "roles.host",
  "kinds.meeting.name",
  "roles.instructor",
  "room.handPlace",
  "room.live",
  "room.reacted",
  "sessions.status",
  "shell.themes.system",
  "statuses.active",
  "summary.when.at",
  "time.dayAt",
  "time.from",
]);

/** There is nothing to say, and the screen says nothing. */
const EMPTY = new Set(["closed.failed.hint"]);

/** Every saying by its path, such as "room.reactions.👍". */
function sayings(words: object, path = ""): [string, Saying][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, Saying][] =>
    typeof value === "object" && value !== null ? sayings(value, `${path}${key}.`) : [[path + key, value as Saying]],
  );
}

const REFUSED: Refused = { said: "ana 1", wait: "ana 2", opens: "ana 3", reason: "ana 4" };

/** Samples that show up in the text: 7 people, "ana 1", "ana 2". */
function samplesFor(path: string): unknown[] {
  const english = englishOf(path);
  if (typeof english === "string") return [];
  if (path.startsWith("refusals.")) return [REFUSED];
  return Array.from({ length: english.length }, (_, place) => (takesNumbers(english) ? 7 + place : `ana ${place + 1}`));
}

/** Numbers are set in groups, "7,777"; text stays as it is, or does not stand being a number. */
function takesNumbers(say: (...values: never[]) => string): boolean {
  try {
    return say(...([7777, 7777] as never[])).includes(number(7777));
  } catch {
    return false;
  }
}

function said(saying: Saying, samples: unknown[]): string {
  return typeof saying === "string" ? saying : saying(...(samples as never[]));
}

const ENGLISH = new Map(sayings(en));

function englishOf(path: string): Saying {
  const english = ENGLISH.get(path);
  assert.ok(english !== undefined, path);
  return english;
}

/** Of the samples, those that every language has to tell: not the sentence that it says in its own way. */
function textsOf(path: string): string[] {
  if (!path.startsWith("refusals.")) return samplesFor(path).map(String);
  return [REFUSED.wait, REFUSED.opens, REFUSED.reason].map(String);
}

for (const [tag, words] of Object.entries({ en, ...TRANSLATIONS })) {
  test(`${tag}: every saying is there, of the same kind, and says something`, () => {
    const all = new Map(sayings(words));
    assert.deepEqual([...all.keys()].sort(), [...ENGLISH.keys()].sort());
    for (const [path, saying] of all) {
      assert.equal(typeof saying, typeof englishOf(path), path);
      const text = said(saying, samplesFor(path));
      if (!EMPTY.has(path)) assert.notEqual(text.trim(), "", path);
      assert.doesNotMatch(text, /undefined|NaN|\[object/, path);
    }
  });

  test(`${tag}: what is put into a saying is in its text`, () => {
    for (const [path, saying] of sayings(words)) {
      const inEnglish = said(englishOf(path), samplesFor(path));
      for (const sample of textsOf(path).filter((each) => inEnglish.includes(each))) {
        assert.ok(said(saying, samplesFor(path)).includes(sample), `${path} lacks ${sample}`);
      }
    }
  });
}

for (const [tag, words] of Object.entries(TRANSLATIONS)) {
  test(`${tag}: nothing was left in English`, () => {
    for (const [path, saying] of sayings(words)) {
      const samples = samplesFor(path);
      if (!SAME.has(path)) assert.notEqual(said(saying, samples), said(englishOf(path), samples), path);
    }
  });
}

test("one is not many, in every language", () => {
  const persons = [en, de, es].map(({ room }) => [0, 1, 2].map((n) => room.people(n)));
  assert.deepEqual(persons, [
    ["0 people", "1 person", "2 people"],
    ["0 Personen", "1 Person", "2 Personen"],
    ["0 personas", "1 persona", "2 personas"],
  ]);
});

test("somebody gets the first language that they like and we have", () => {
  assert.equal(bestOf(["fr", "de-AT", "en"]), "de");
  assert.equal(bestOf(["ES-mx"]), "es");
  assert.equal(bestOf(["fr", null, undefined, ""]), "en");
});

test("every language is called as its speakers call it; the one for tests is offered to nobody", () => {
  assert.deepEqual(LANGUAGES.map(ownNameOf), ["English", "Deutsch", "Español"]);
  assert.ok(isKnown("ar-XB") && !isKnown("fr") && !isKnown("toString") && !isKnown(null));
});

test("the language for tests brackets every word of ours and leaves the texts of people as they are", () => {
  assert.equal(pseudo.actions.cancel, "\u2067[Çåñçéļ]\u2069");
  assert.equal(pseudo.room.yourself("Anna"), "\u2067[Anna (ýöû)]\u2069");
  const changed = pseudo.people.roleChanged("Ann", pseudo.rolesAs.host);
  assert.equal(changed, "\u2067[Ann îš ñöŵ \u2067[å ĥöšţ]\u2069]\u2069");
});
