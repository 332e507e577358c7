import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";

import { Icon } from "./icon";

interface EmptyProps {
  icon: IconNode;
  title: string;
  hint?: string;
  /** It is all there is on the page. */
  isPage?: boolean;
  children?: ComponentChildren;
}

/** What stands where there is nothing yet: why, and what to do. */
export function Empty({ icon, title, hint, isPage, children }: EmptyProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon of={icon} size={24} />
      </span>
      <Title class="empty-title">{title}</Title>
      {hint && <p class="empty-hint">{hint}</p>}
      {children && <div class="empty-actions">{children}</div>}
    </div>
  );
}

/** The shape of what is being loaded. */
export function Skeleton({ lines = 3, label }: { lines?: number; label: string }) {
  return (
    <div class="skeletons" role="status">
      <span class="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} class="skeleton" />
      ))}
    </div>
  );
}

export function Badge({ tone = "plain", children }: { tone?: string; children: ComponentChildren }) {
  return <span class={`pill pill-${tone}`}>{children}</span>;
}
