// Session codes as people type them.

const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
export const CODE_LENGTH = 6;

/** What is typed or pasted, as a code as far as it goes; a whole link to a session counts as its code. */
export function codeOf(typed: string): string {
  const link = /\/join\/([^/?#\s]+)/.exec(typed);
  const text = (link?.[1] ?? typed).normalize("NFKC").toUpperCase();
  return text.replace(/[^\p{L}\p{N}]/gu, "").slice(0, CODE_LENGTH);
}

export function isWhole(code: string): boolean {
  return code.length === CODE_LENGTH && [...code].every((char) => ALPHABET.includes(char));
}

/** A letter that no code has, because it looks like another; null if there is none. */
export function strayIn(code: string): string | null {
  return [...code].find((char) => !ALPHABET.includes(char)) ?? null;
}
