import {
  ArrowLeft,
  ArrowRight,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  CornerUpLeft,
  FastForward,
  LogOut,
  PanelRight,
  PanelRightClose,
  Reply,
  SendHorizontal,
} from "lucide";
import type { IconNode } from "lucide";
import { h } from "preact";

interface IconProps {
  of: IconNode;
  /** For screen readers; without it the icon is decoration. */
  label?: string;
  size?: 16 | 20 | 24 | 32;
}

/** What points along the line of writing, and so the other way where that runs from right to left. */
const POINTING = new Set<IconNode>([
  ArrowLeft,
  ArrowRight,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  CornerUpLeft,
  FastForward,
  LogOut,
  PanelRight,
  PanelRightClose,
  Reply,
  SendHorizontal,
]);

export function Icon({ of, label, size = 20 }: IconProps) {
  const named = label ? { role: "img" as const, "aria-label": label } : { "aria-hidden": "true" as const };
  return (
    <svg
      class={POINTING.has(of) ? "icon icon-pointing" : "icon"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      {...named}
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
