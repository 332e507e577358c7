// The polls of a room: asking, voting, closing. The polls themselves are part of the room's state; one's own votes are
// one's own business and come from the server for oneself only.

import { batch, signal } from "@preact/signals";

import type { OwnPollView, PollView, Uuid } from "../contract/types";
import { newId } from "../net/ids";
import type { Ack } from "../net/socket";

export interface PollsOptions {
  call: <T>(command: string, payload?: object, commandId?: string) => Promise<Ack<T>>;
  /** All polls, with what one has voted. */
  readOwn: () => Promise<OwnPollView[]>;
}

export interface Question {
  question: string;
  options: string[];
  is_multiple: boolean;
}

export class Polls {
  /** What I voted, by poll. */
  readonly votes = signal<Readonly<Record<Uuid, readonly number[]>>>({});
  readonly #options: PollsOptions;

  constructor(options: PollsOptions) {
    this.#options = options;
  }

  async loadVotes(): Promise<void> {
    for (const poll of await this.#options.readOwn()) this.#remember(poll);
  }

  async ask(question: Question): Promise<void> {
    await this.#options.call("poll:create", question, newId());
  }

  async vote(pollId: Uuid, choices: readonly number[]): Promise<void> {
    const { data } = await this.#options.call<OwnPollView>("poll:vote", { poll_id: pollId, choices });
    batch(() => this.#remember(data));
  }

  async close(pollId: Uuid): Promise<void> {
    await this.#options.call("poll:close", { poll_id: pollId });
  }

  #remember({ id, my_choices }: OwnPollView): void {
    if (my_choices) this.votes.value = { ...this.votes.peek(), [id]: my_choices };
  }
}

/** Open polls first, and of each the newest first. */
export function pollOrder(polls: readonly PollView[]): PollView[] {
  const isOpen = (poll: PollView): number => (poll.closed_at === null ? 0 : 1);
  return [...polls].sort((a, b) => isOpen(a) - isOpen(b) || Date.parse(b.created_at) - Date.parse(a.created_at));
}

/** How many of the voters chose an option, from 0 to 1. */
export function shareOf(poll: PollView, option: number): number {
  return poll.voters ? (poll.counts[option] ?? 0) / poll.voters : 0;
}
