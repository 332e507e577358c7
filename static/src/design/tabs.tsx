import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

import { alongLine } from "./direction";

export interface Tab<K extends string> {
  key: K;
  name: string;
  /** A number worth knowing, and what it means for those who cannot see it. */
  badge?: { text: string; means: string; strong?: boolean } | undefined;
}

interface TabsProps<K extends string> {
  label: string;
  tabs: readonly Tab<K>[];
  current: K;
  onChoose: (key: K) => void;
  /** One was chosen for good, not passed on the way to another. */
  onPick?: (() => void) | undefined;
  children: ComponentChildren;
  class?: string;
  /** Something after the tabs, in the same line. */
  end?: ComponentChildren;
}

export function Tabs<K extends string>({
  label,
  tabs,
  current,
  onChoose,
  onPick,
  children,
  class: extra,
  end,
}: TabsProps<K>) {
  const id = useId();

  function move(event: KeyboardEvent): void {
    const at = tabs.findIndex((tab) => tab.key === current);
    const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[alongLine(event.key)];
    if (goal === undefined) return;
    event.preventDefault();
    const next = tabs[(goal + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  }

  return (
    <div class={`tabs ${extra ?? ""}`}>
      <div class="tabs-row">
        <div role="tablist" aria-label={label} class="tablist" onKeyDown={move}>
          {tabs.map(({ key, name, badge }) => (
            <button
              key={key}
              type="button"
              role="tab"
              id={`${id}-${key}`}
              class="tab"
              aria-selected={key === current}
              aria-controls={`${id}-panel`}
              aria-description={badge?.means}
              tabIndex={key === current ? 0 : -1}
              onClick={() => {
                onChoose(key);
                onPick?.();
              }}
            >
              {name}
              {badge && (
                <span class={`badge ${badge.strong ? "badge-strong" : ""}`} aria-hidden="true">
                  {badge.text}
                </span>
              )}
            </button>
          ))}
        </div>
        {end}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} class="tabpanel">
        {children}
      </div>
    </div>
  );
}
