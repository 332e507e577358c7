// What is left of somebody whose account was deleted, wherever their messages are shown.

import type { MessageView, Uuid } from "../contract/types";

const MAX_TEXT_CHARS = 4_000;

/** A message without the name of somebody whose account was deleted. */
export function withoutPerson(message: MessageView, id: Uuid, name: string): MessageView {
  const named = message.mentions.filter((each) => each.participant_id === id);
  const text = named.reduce((said, each) => renamed(said, each.display_name, name), message.text);
  return {
    ...message,
    text,
    mentions: message.mentions.map((each) =>
      each.participant_id === id ? { ...each, display_name: name, is_erased: true } : each,
    ),
    ...(message.participant_id === id && { display_name: name, is_erased: true }),
  };
}

/** As the server does it; characters are counted as it counts them. */
function renamed(text: string, before: string, name: string): string {
  return [...text.split(`@${before}`).join(`@${name}`)].slice(0, MAX_TEXT_CHARS).join("");
}
