// Which way the writing runs, for what has to know: arrow keys, and what is placed beside something.

export function isRightToLeft(): boolean {
  return document.documentElement.dir === "rtl";
}

/** An arrow key by what it means along a line: ArrowRight goes on to what comes next. */
export function alongLine(key: string): string {
  if (!isRightToLeft()) return key;
  return { ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" }[key] ?? key;
}
