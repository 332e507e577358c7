import { useEffect, useState } from "preact/hooks";

/** Whether the window is wide enough for things beside each other. The number is also in styles/. */
export function useIsWide(minWidth = 900): boolean {
  const query = matchMedia(`(min-width: ${minWidth}px)`);
  const [isWide, setWide] = useState(query.matches);
  useEffect(() => {
    const changed = (): void => setWide(query.matches);
    changed();
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, [minWidth]);
  return isWide;
}
