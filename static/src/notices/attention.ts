// Whether somebody looks at the page, and the number in its title while they do not.

import { useEffect, useState } from "preact/hooks";

export function useIsHidden(): boolean {
  const [isHidden, setHidden] = useState(document.hidden);
  useEffect(() => {
    const look = (): void => setHidden(document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return isHidden;
}

/** "(3) Standup" while nobody looks and something waits to be seen. */
export function titleWith(badge: string, title: string): string {
  return badge ? `(${badge}) ${title}` : title;
}
