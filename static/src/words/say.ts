// What is kept until it is drawn, and is said in the language of that moment.

import { words } from "./index";

export type Say = () => string;

/** What went wrong here, without the server having said so. Its message follows the language. */
export class Problem extends Error {
  readonly #say: Say;

  constructor(say: Say) {
    super();
    this.name = "Problem";
    this.#say = say;
  }

  override get message(): string {
    return this.#say();
  }
}

/** What was thrown, as something that has a message for people. */
export function problemOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Problem(() => words.errors.unexpected);
}
