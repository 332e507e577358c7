import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { createToasts } from "../src/design/toasts";
import { ConveneError, DISCONNECTED } from "../src/net/error";
import { newsOf } from "../src/room/news";
import { speak, words } from "../src/words";
import { de } from "../src/words/de";
import { en } from "../src/words/en";
import { Problem, problemOf } from "../src/words/say";
import { ANA, BEN, frame, makePerson, makeRoom } from "./room_fixture";

afterEach(() => speak(en));

const made = () => createToasts(() => words.errors.unexpected);

test("of two notes about the same, the later one stands", () => {
  const toasts = made();
  const undo = { label: () => words.actions.undo, run: () => undefined };
  toasts.tell(() => words.people.mutedToast("Ana"), undo, "ana mute");
  toasts.tell(() => words.people.mutedToast("Ben"), undo, "ben mute");
  toasts.tell(() => words.people.unmutedToast("Ana"), undo, "ana mute");
  assert.deepEqual(
    toasts.list.value.map(({ say }) => say()),
    [en.people.mutedToast("Ben"), en.people.unmutedToast("Ana")],
  );
});

test("what is on the screen is said in the language that one has changed to", () => {
  const toasts = made();
  toasts.tell(() => words.people.mutedToast("Ana"), { label: () => words.actions.undo, run: () => undefined });
  toasts.complain(new ConveneError({ statusCode: 423, errorCode: "SESSION_LOCKED", message: "Locked." }));
  toasts.complain("not even an error");
  const read = (): (string | undefined)[] => toasts.list.value.flatMap(({ say, action }) => [say(), action?.label()]);
  assert.deepEqual(read(), [
    en.people.mutedToast("Ana"),
    en.actions.undo,
    en.refusals.SESSION_LOCKED,
    undefined,
    en.errors.unexpected,
    undefined,
  ]);
  speak(de);
  assert.deepEqual(read(), [
    de.people.mutedToast("Ana"),
    de.actions.undo,
    de.refusals.SESSION_LOCKED,
    undefined,
    de.errors.unexpected,
    undefined,
  ]);
});

test("the same is not said twice, in whatever language it was said first", () => {
  const toasts = made();
  const saved = (): string => words.form.saved;
  toasts.tell(saved);
  speak(de);
  toasts.tell(() => words.form.saved);
  assert.deepEqual(
    toasts.list.value.map(({ say }) => say()),
    [de.form.saved],
  );
});

test("a problem of our own and a lost link follow the language as well", () => {
  const problems = [
    new Problem(() => words.account.badLink),
    ConveneError.of(DISCONNECTED, () => words.errors.offline),
    problemOf("thrown by somebody else"),
  ];
  speak(de);
  assert.deepEqual(
    problems.map(({ message }) => message),
    [de.account.badLink, de.errors.offline, de.errors.unexpected],
  );
});

test("what was done to me is told with the name of who did it, in the language of the moment", () => {
  const room = makeRoom({ participants: { [ANA]: makePerson(ANA), [BEN]: makePerson(BEN) } });
  const by = { ...frame(1, "participant:role_changed", { participant_id: ANA, role: "moderator" }), actor: BEN };
  const { shown } = newsOf([by], room, room, ANA);
  speak(de);
  assert.deepEqual(
    shown.map((say) => say()),
    [de.announce.yourRoleBy("Ben", de.rolesAs.moderator)],
  );
});
