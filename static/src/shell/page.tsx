import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { useClient } from "../client";
import { words } from "../words";

interface PageProps {
  title: string;
  /** Shown beside the title. */
  actions?: ComponentChildren;
  lead?: ComponentChildren;
  width?: "narrow" | "normal" | "wide" | "full";
  children: ComponentChildren;
}

/** A page within the shell: sets the window's title and, after the first page, brings the focus to its heading. */
export function Page({ title, actions, lead, width = "normal", children }: PageProps) {
  const { router } = useClient();
  // On the very first page the browser's own order is right: it begins at the top.
  const heading = useFocusOnArrival(router.hasMoved);
  useTitle(title);

  return (
    <main id="content" class={`page page-${width}`}>
      <header class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class="page-lead">{lead}</p>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

/** Brings the focus to a heading (with tabIndex -1) when what it stands over comes onto the screen. */
export function useFocusOnArrival(isWanted = true): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isWanted) heading.current?.focus();
  }, []);
  return heading;
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === words.brand ? title : `${title} · ${words.brand}`;
  }, [title]);
}
