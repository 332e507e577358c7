// Which commands the palette shows for what was typed, and in which order.

import { GROUPS, type Command, type Group } from "./commands";
import { matchOf } from "./fuzzy";

export interface Entry extends Command {
  /** Where the letters are that were typed. */
  at: readonly number[];
}

export interface Section {
  group: Group;
  entries: readonly Entry[];
}

const BY_OTHER_WORDS = 0.5;

/** The sections from the best on; without anything typed, all in their own order. */
export function sectionsOf(commands: readonly Command[], typed: string): Section[] {
  const ranked = commands.flatMap((command) => {
    const found = fit(command, typed);
    return found ? [{ entry: { ...command, at: found.at }, score: found.score }] : [];
  });
  const sections = GROUPS.map((group) => {
    const own = ranked.filter(({ entry }) => entry.group === group).sort((a, b) => b.score - a.score);
    return { group, best: own[0]?.score ?? 0, entries: own.map(({ entry }) => entry) };
  });
  return sections.filter(({ entries }) => entries.length > 0).sort((a, b) => b.best - a.best);
}

function fit({ title, also, group }: Command, typed: string): { at: readonly number[]; score: number } | null {
  if (!typed.trim()) return { at: [], score: 0 };
  const byTitle = matchOf(typed, title);
  if (byTitle) return byTitle;
  // What the server has found fits, if not by its title.
  if (group === "sessions") return { at: [], score: 1 };
  const byAll = also ? matchOf(typed, `${title} ${also}`) : null;
  return byAll && { score: byAll.score * BY_OTHER_WORDS, at: byAll.at.filter((index) => index < title.length) };
}
