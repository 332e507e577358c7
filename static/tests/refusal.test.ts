import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { ConveneError } from "../src/net/error";
import { speak } from "../src/words";
import { de } from "../src/words/de";
import { en } from "../src/words/en";

const refused = (errorCode: string, details: Record<string, unknown> = {}) =>
  new ConveneError({ statusCode: 400, errorCode, message: "The server's own words.", details });

afterEach(() => speak(en));

test("a refusal is told in the reader's language, also one that came before it was chosen", () => {
  const full = refused("SESSION_FULL");
  assert.equal(full.message, "Every seat in this session is taken.");
  speak(de);
  assert.equal(full.message, "Alle Plätze dieser Sitzung sind besetzt.");
});

test("what is known of a refusal is told with it", () => {
  assert.equal(refused("RATE_LIMITED", { retry_after_s: 4.2 }).message, "That was too fast. Try again in 5 seconds.");
  assert.match(refused("SESSION_NOT_OPEN", { opens_at: "2020-02-03T10:00:00.000Z" }).message, /They open: .*2020/);
  speak(de);
  assert.equal(refused("RATE_LIMITED", { retry_after_s: 60 }).message, "Das war zu schnell. Wartezeit: 1 Minute.");
});

test("in English the server's own sentence stays where it says more than its code", () => {
  assert.equal(refused("FORBIDDEN").message, "The server's own words.");
  speak(de);
  assert.equal(refused("FORBIDDEN").message, "Dazu haben Sie hier nicht das Recht.");
});

test("a refusal that we have no words for is told in the server's", () => {
  speak(de);
  assert.equal(refused("SOMETHING_NEW").message, "The server's own words.");
  assert.equal(refused("toString").message, "The server's own words.");
});

test("what is wrong with a field is told with its numbers", () => {
  const errors = [
    { field: "title", reason: "must have at most 1234 characters" },
    { field: "email", reason: "value is not a valid email address: An email address must have an @-sign." },
    { field: "colour", reason: "must be red" },
  ];
  const wrong = refused("VALIDATION_ERROR", { errors, ...errors[0] });
  assert.deepEqual(wrong.fields, {
    title: "At most 1,234 characters.",
    email: "This does not look like an e-mail address.",
    colour: "must be red",
  });
  speak(de);
  assert.equal(wrong.fields.title, "Höchstens 1,234 Zeichen.");
  assert.equal(wrong.message, "Etwas ist nicht richtig ausgefüllt. Höchstens 1,234 Zeichen.");
});
