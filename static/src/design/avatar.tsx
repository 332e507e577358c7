import { useState } from "preact/hooks";

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

/** Of a picture's sizes the one that is sharp enough: twice what is shown, for dense screens. */
const WIDTHS = { small: 64, medium: 128, large: 256, fill: 256 };

interface AvatarProps {
  id: string;
  name: string;
  size?: "small" | "medium" | "large" | "fill";
  /** The address of their picture; without one, or while it does not load, their initials stand there. */
  image?: string | null | undefined;
}

/** Decoration beside a name: the name itself is always written as well, so the letters are drawn and are no text. */
export function Avatar({ id, name, size = "medium", image }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const isShown = image && image !== broken;
  return (
    <span
      class={`avatar avatar-${size} tint-${tintOf(id)}`}
      data-initials={isShown ? undefined : initialsOf(name)}
      aria-hidden="true"
    >
      {isShown && (
        <img
          key={image}
          src={image.replace(/\d+\.webp$/, `${WIDTHS[size]}.webp`)}
          alt=""
          draggable={false}
          onError={() => setBroken(image)}
        />
      )}
    </span>
  );
}
