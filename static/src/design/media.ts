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

/** How much larger the reader has text than usual: what is given in pixels for usual text grows with it. */
export function useTextScale(): number {
  const [scale, setScale] = useState(textScale);
  useEffect(() => {
    const observer = new MutationObserver(() => setScale(textScale()));
    observer.observe(document.documentElement, { attributeFilter: ["data-text-size"] });
    return () => observer.disconnect();
  }, []);
  return scale;
}

const USUAL_PX = 16;

function textScale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX;
}
