import { useEffect, useState } from "preact/hooks";

/** Whether it has been in the page for a while: what comes and goes faster need not be drawn in full. */
export function useSettled(ms: number): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), ms);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}
