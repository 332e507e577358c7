// A message's text, taken apart into plain text, links and names. Pure; nothing of it is ever read as HTML.

import type { Mention } from "../contract/types";
import { placesOf } from "./mentions";

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "mention"; readonly text: string; readonly mention: Mention };

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/gi;
/** A full stop after an address ends the sentence; a closing bracket belongs to what it closes. */
const TRAILING = /[.,;:!?'’”»…]+$/;

export function piecesOf(text: string, mentions: readonly Mention[]): Piece[] {
  const places = placesOf(text, mentions);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, mention } of places) {
    pieces.push(...linked(text.slice(at, from)), { kind: "mention", text: text.slice(from, to), mention });
    at = to;
  }
  return [...pieces, ...linked(text.slice(at))];
}

function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = safeAddress(address);
    if (!href) continue;
    if (match.index > at) pieces.push({ kind: "text", text: text.slice(at, match.index) });
    pieces.push({ kind: "link", text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) pieces.push({ kind: "text", text: text.slice(at) });
  return pieces;
}

function trimmed(address: string): string {
  const bare = address.replace(TRAILING, "");
  const opens = (bare.match(/\(/g) ?? []).length;
  const closes = (bare.match(/\)/g) ?? []).length;
  return closes > opens && bare.endsWith(")") ? trimmed(bare.slice(0, -1)) : bare;
}

/** Null for what is no address of a web page, or pretends to be another's: https://bank.example@evil.example. */
function safeAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, username, password, href } = new URL(address);
  const isWeb = protocol === "https:" || protocol === "http:";
  return isWeb && !username && !password ? href : null;
}
