import { useEffect, useMemo, useState } from "preact/hooks";
import { LogIn } from "lucide";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { CODE_LENGTH, codeOf, isWhole } from "../join/code";
import { latest } from "../net/latest";
import { KIND_ICONS } from "../sessions/kind_icons";
import { words } from "../words";
import type { Command } from "./commands";

const PAUSE_MS = 150;
const LEAST_LETTERS = 2;
const MOST = 6;
const OVER = new Set(["ended", "cancelled"]);

interface Found {
  commands: readonly Command[];
  isLooking: boolean;
  hasFailed: boolean;
}

const NOTHING: Found = { commands: [], isLooking: false, hasFailed: false };

/** One's own sessions that fit what is typed, and the session whose code it is. */
export function useFoundSessions(typed: string): Found {
  const { account, acting, rest, router } = useClient();
  const [found, setFound] = useState(NOTHING);
  const isMember = account.user.value !== null;
  const lookup = useMemo(
    () =>
      latest(
        async (q: string, signal) => {
          const query = { q, limit: MOST, sortBy: "updated_at" };
          return (await rest<SessionView[]>("GET", "/sessions", { query, signal })).data;
        },
        ({ answer, error }) =>
          setFound({
            commands: (answer ?? []).map((session) => commandFor(session, acting.tenant.value !== null, router.go)),
            isLooking: false,
            hasFailed: error !== undefined,
          }),
        PAUSE_MS,
      ),
    [rest],
  );

  const sought = typed.trim();
  useEffect(() => {
    if (!isMember || sought.length < LEAST_LETTERS) {
      setFound(NOTHING);
      return undefined;
    }
    setFound((before) => ({ ...before, isLooking: true }));
    lookup.ask(sought);
    return lookup.cancel;
  }, [sought, isMember]);

  const code = codeOf(sought);
  const byCode: Command[] = isCode(sought)
    ? [
        {
          id: `join:${code}`,
          group: "go",
          title: words.palette.join(code),
          also: sought,
          icon: LogIn,
          run: () => router.go(`/join/${code}`),
        },
      ]
    : [];
  return { ...found, commands: [...byCode, ...found.commands] };
}

/** A whole code or link and nothing more: "quarterly" is not the session QUARTE. */
function isCode(text: string): boolean {
  const isLink = text.includes("/join/");
  return isWhole(codeOf(text)) && (isLink || text.replace(/[^\p{L}\p{N}]/gu, "").length === CODE_LENGTH);
}

function commandFor(session: SessionView, isAway: boolean, go: (to: string) => void): Command {
  const isToRead = isAway || OVER.has(session.status);
  return {
    id: `session:${session.id}`,
    group: "sessions",
    title: session.title,
    also: `${session.code} · ${words.statuses[session.status]}`,
    icon: KIND_ICONS[session.kind],
    run: () => go(isToRead ? `/sessions/${session.id}` : `/room/${session.id}`),
  };
}
