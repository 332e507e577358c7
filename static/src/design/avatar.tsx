const TINTS = 8;

/** One or two letters that stand for somebody. */
export function initialsOf(name: string): string {
  const parts = name
    .trim()
    .split(/\s+/u)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase() || "?";
}

/** The same person has the same colour everywhere. */
export function tintOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return sum % TINTS;
}

interface AvatarProps {
  id: string;
  name: string;
  size?: "small" | "medium" | "large" | "fill";
}

/** Decoration beside a name: the name itself is always written as well. */
export function Avatar({ id, name, size = "medium" }: AvatarProps) {
  return (
    <span class={`avatar avatar-${size} tint-${tintOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
