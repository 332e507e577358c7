// A poll that is being written: its answers in rows, and what is wrong with them. Pure.

export const FEWEST_ANSWERS = 2;
export const MOST_ANSWERS = 10;
export const LONGEST_ANSWER = 120;

export interface Row {
  /** Stays with the row, wherever it moves. */
  readonly key: number;
  readonly text: string;
}

export interface Answers {
  readonly rows: readonly Row[];
  readonly nextKey: number;
  /** How many lines of what was pasted last had no room. */
  readonly leftOut: number;
}

export type RowProblem = { kind: "long"; by: number } | { kind: "same"; as: number };

export const NO_ANSWERS: Answers = {
  rows: [
    { key: 0, text: "" },
    { key: 1, text: "" },
  ],
  nextKey: 2,
  leftOut: 0,
};

export function withText(answers: Answers, at: number, text: string): Answers {
  return { ...answers, rows: answers.rows.map((row, i) => (i === at ? { ...row, text } : row)), leftOut: 0 };
}

/** An empty row at the end, as long as there may be one more. */
export function withRow({ rows, nextKey }: Answers): Answers {
  const isFull = rows.length >= MOST_ANSWERS;
  return { rows: isFull ? rows : [...rows, { key: nextKey, text: "" }], nextKey: nextKey + 1, leftOut: 0 };
}

/** Without this row, unless fewer would be left than a poll has. */
export function withoutRow(answers: Answers, at: number): Answers {
  if (answers.rows.length <= FEWEST_ANSWERS) return answers;
  return { ...answers, rows: answers.rows.filter((_, i) => i !== at), leftOut: 0 };
}

/** What can be told apart as lines, without those that say nothing. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Several lines in the place of a row: the others come after it, empty rows make room, and what has none is counted. */
export function withLines({ rows, nextKey }: Answers, at: number, lines: readonly string[]): Answers {
  const [first = "", ...more] = lines;
  const before = rows.slice(0, at);
  const after = rows.slice(at + 1).filter(({ text }) => text.trim());
  const room = Math.max(0, MOST_ANSWERS - before.length - 1 - after.length);
  const fitting = more.slice(0, room).map((text, i): Row => ({ key: nextKey + i, text }));
  const here: Row = { key: rows[at]?.key ?? nextKey + room, text: first };
  return {
    rows: [...before, here, ...fitting, ...after],
    nextKey: nextKey + room + 1,
    leftOut: more.length - fitting.length,
  };
}

/** The answers as the server takes them. */
export function optionsOf({ rows }: Answers): string[] {
  return rows.map(({ text }) => text.trim()).filter(Boolean);
}

/** What is wrong with each row: by how many characters it is too long, or which row before it says the same. */
export function problemsOf({ rows }: Answers): (RowProblem | null)[] {
  const said = rows.map(({ text }) => text.trim().toLowerCase());
  return rows.map(({ text }, i): RowProblem | null => {
    const by = [...text.trim()].length - LONGEST_ANSWER;
    if (by > 0) return { kind: "long", by };
    const as = said[i] ? said.indexOf(said[i]) : i;
    return as < i ? { kind: "same", as: as + 1 } : null;
  });
}
