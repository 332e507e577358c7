// What came since one looked: how much, and how much of it is meant for oneself. Pure.

import type { MessageView, Uuid } from "../contract/types";
import { formatNumber } from "../words/format";

export interface Unread {
  /** The place in the log up to which one has seen everything; null before the first look. */
  readonly upTo: number | null;
  readonly count: number;
  /** Messages in which one is mentioned. */
  readonly forMe: readonly Uuid[];
}

export const NOTHING_UNREAD: Unread = { upTo: null, count: 0, forMe: [] };

export function isForMe(message: MessageView, me: Uuid | null): boolean {
  return message.mentions.some((each) => each.participant_id === me);
}

/** One has looked: everything up to here is seen. */
export function seen(unread: Unread, upTo: number): Unread {
  if (unread.upTo === upTo && unread.count === 0 && unread.forMe.length === 0) return unread;
  return { upTo, count: 0, forMe: [] };
}

export function withMessage(unread: Unread, message: MessageView, me: Uuid | null): Unread {
  const { upTo, count, forMe } = unread;
  if (upTo === null || message.seq <= upTo || message.participant_id === me) return unread;
  return { upTo, count: count + 1, forMe: isForMe(message, me) ? [...forMe, message.id] : forMe };
}

/** A message was corrected or taken back: it may be meant for me no more, or only now. */
export function withEdit(unread: Unread, message: MessageView | undefined, me: Uuid | null): Unread {
  if (!message || unread.upTo === null || message.seq <= unread.upTo || message.participant_id === me) return unread;
  const others = unread.forMe.filter((id) => id !== message.id);
  return { ...unread, forMe: isForMe(message, me) ? [...others, message.id] : others };
}

/** After a whole state: what it holds is counted; what came before it stays counted. */
export function recounted(unread: Unread, recent: readonly MessageView[], me: Uuid | null): Unread {
  const none: Unread = { ...unread, count: 0, forMe: [] };
  const fresh = recent.reduce((sum, each) => withMessage(sum, each, me), none);
  const held = new Set(recent.map((each) => each.id));
  const earlier = unread.forMe.filter((id) => !held.has(id));
  return { ...fresh, count: Math.max(unread.count, fresh.count), forMe: [...earlier, ...fresh.forMe] };
}

const MOST_TOLD = 99;

/** For a small badge: how many, or if some of them are for oneself, how many of these: "12", "99+", "@2". */
export function unreadText(count: number, forMe: number): string {
  if (forMe) return `@${formatNumber(forMe)}`;
  return count > MOST_TOLD ? `${formatNumber(MOST_TOLD)}+` : formatNumber(count);
}
