// A session's settings in a sentence.

import { words } from "../words";
import { locale } from "../words/locale";
import type { Draft } from "./form_model";

/** For example: "People wait until you admit them; recording asks for consent; up to 30 people." */
export function summaryOf({ switches, opens, when, seats }: Draft): string {
  const parts: string[] = [switches.requires_approval ? words.summary.waits : words.summary.straightIn];
  if (!switches.allow_guests) parts.push(words.summary.accountsOnly);
  if (switches.mute_on_entry) parts.push(words.summary.muted);
  if (!switches.allow_recording) parts.push(words.summary.neverRecorded);
  else parts.push(switches.recording_consent ? words.summary.consent : words.summary.recorded);
  if (!switches.allow_chat) parts.push(words.summary.noChat);
  if (opens !== null && when === "planned") parts.push(words.summary.opens(opens));
  if (Number(seats) > 0) parts.push(words.summary.seats(Number(seats)));
  const sentence = `${parts.join("; ")}.`;
  return sentence.charAt(0).toLocaleUpperCase(locale.value) + sentence.slice(1);
}
