// Finding something by a few of its letters: "nse" finds "New session", "muall" finds "Mute all".

export interface Match {
  /** The higher, the better. */
  score: number;
  /** Where the letters of `text` are that were found, in order. */
  at: readonly number[];
}

const WHOLE_WORD = 120;
const WORD_START = 100;
const WITHIN = 60;
const SCATTERED = 20;
const AT_WORD_START = 6;
const NEXT_TO_LAST = 3;

/** How well `text` fits what was typed: every word of it has to be found, in any order. Null if it does not fit. */
export function matchOf(typed: string, text: string): Match | null {
  const folded = foldedLetters(text);
  const at = new Set<number>();
  let score = 0;
  for (const word of typed.trim().split(/\s+/u).filter(Boolean)) {
    const found = findWord(foldedLetters(word), folded);
    if (!found) return null;
    score += found.score;
    for (const index of found.at) at.add(index);
  }
  return { score, at: [...at].sort((a, b) => a - b) };
}

/** The letters without case and accents, as many as there are UTF-16 units, so that an index is one of the text. */
function foldedLetters(text: string): string[] {
  return text.split("").map((char) => char.normalize("NFD").charAt(0).toLowerCase());
}

function findWord(word: readonly string[], text: readonly string[]): Match | null {
  return findTogether(word, text) ?? findScattered(word, text);
}

function findTogether(word: readonly string[], text: readonly string[]): Match | null {
  let best: Match | null = null;
  for (let from = 0; from + word.length <= text.length; from += 1) {
    if (!word.every((letter, i) => text[from + i] === letter)) continue;
    const isWhole = startsWord(text, from) && !isLetter(text[from + word.length]);
    const score = (isWhole ? WHOLE_WORD : startsWord(text, from) ? WORD_START : WITHIN) - Math.min(from, 30) / 2;
    if (!best || score > best.score) best = { score, at: word.map((_, i) => from + i) };
  }
  return best;
}

/** Letters in order with others between them; the first has to begin a word, or nearly everything would be found. */
function findScattered(word: readonly string[], text: readonly string[]): Match | null {
  let best: Match | null = null;
  for (let from = 0; from < text.length; from += 1) {
    if (text[from] !== word[0] || !startsWord(text, from)) continue;
    const found = follow(word, text, from);
    if (found && (!best || found.score > best.score)) best = found;
  }
  return best;
}

function follow(word: readonly string[], text: readonly string[], from: number): Match | null {
  const at = [from];
  let score = SCATTERED - Math.min(from, 30) / 4;
  for (const letter of word.slice(1)) {
    const last = at.at(-1) ?? from;
    const index = nextOf(letter, text, last + 1);
    if (index === null) return null;
    if (index === last + 1) score += NEXT_TO_LAST;
    else if (startsWord(text, index)) score += AT_WORD_START;
    at.push(index);
  }
  return { score, at };
}

/** The letter directly here, or where a word begins with it, or else wherever it comes next. */
function nextOf(letter: string, text: readonly string[], from: number): number | null {
  if (text[from] === letter) return from;
  const initial = text.findIndex((char, i) => i >= from && char === letter && startsWord(text, i));
  if (initial >= 0) return initial;
  const any = text.indexOf(letter, from);
  return any >= 0 ? any : null;
}

function startsWord(text: readonly string[], at: number): boolean {
  return isLetter(text[at]) && !isLetter(text[at - 1]);
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
