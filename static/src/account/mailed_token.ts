/** The token of a mailed link: behind the # where no server sees it. */
export function mailedToken(): string {
  return location.hash.slice(1);
}
