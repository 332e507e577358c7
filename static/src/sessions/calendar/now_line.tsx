import { useEffect, useState } from "preact/hooks";

import { serverNow } from "../../net/server_clock";
import { shownZone } from "./shown_zone";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Where in the day it is now. */
export function NowLine() {
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  const { minutes } = shownZone.value.wallOf(now);
  return <span class="now-line" style={{ insetBlockStart: `${(100 * minutes) / DAY_MINUTES}%` }} />;
}
