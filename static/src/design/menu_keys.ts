// Which entry of a menu a key leads to.

/** The entry to go to from the one at `at`, of `count`; null if the key means nothing here. */
export function stepOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return at <= 0 ? count - 1 : at - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/**
 * The entry that begins with what was typed, from the present one on. One letter again and again goes through all that
 * begin with it.
 */
export function typedTo(labels: readonly string[], typed: string, at: number): number | null {
  const letters = [...typed.toLocaleLowerCase()];
  const isRepeated = letters.length > 1 && letters.every((letter) => letter === letters[0]);
  const sought = isRepeated ? (letters[0] ?? "") : letters.join("");
  const isFresh = letters.length === 1 || isRepeated;
  for (let i = 0; i < labels.length; i += 1) {
    const index = (Math.max(at, 0) + i + (isFresh && at >= 0 ? 1 : 0)) % labels.length;
    if (labels[index]?.trim().toLocaleLowerCase().startsWith(sought)) return index;
  }
  return null;
}

export function isTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}
