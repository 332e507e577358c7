// How many tiles fit on the stage, and in how many columns. Pure.

export interface Tiling {
  columns: number;
  /** Tiles shown; if fewer than there are people, the last one stands for the rest. */
  shown: number;
  /** The width of a tile in pixels. */
  width: number;
}

const ASPECT = 4 / 3;
const WIDEST = 420;

/** The columns that give the largest tiles, none narrower than `narrowest`; what does not fit is left out. */
export function tilingOf(count: number, box: { width: number; height: number }, gap = 12, narrowest = 132): Tiling {
  if (count === 0 || box.width <= 0 || box.height <= 0) return { columns: 1, shown: 0, width: 0 };
  let best: Tiling = { columns: 1, shown: 1, width: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = tileWidth(columns, rows, box, gap);
    if (width > best.width) best = { columns, shown: count, width };
  }
  if (best.width >= narrowest) return { ...best, width: Math.min(best.width, WIDEST) };
  const columns = Math.max(1, Math.floor((box.width + gap) / (narrowest + gap)));
  const width = Math.floor((box.width - gap * (columns - 1)) / columns);
  const rows = Math.max(1, Math.floor((box.height + gap) / (width / ASPECT + gap)));
  return { columns, shown: Math.min(count, columns * rows), width };
}

function tileWidth(columns: number, rows: number, box: { width: number; height: number }, gap: number): number {
  const byWidth = (box.width - gap * (columns - 1)) / columns;
  const byHeight = ((box.height - gap * (rows - 1)) / rows) * ASPECT;
  return Math.floor(Math.min(byWidth, byHeight));
}

/** Pixels: a lower stage has no room for two rows of the audience. */
const LOW = 480;

/** How many of the audience have a tile: two rows, or one where the stage is low. */
export function seatsOf(columns: number, stageHeight: number): number {
  return Math.max(columns, 2) * (stageHeight < LOW ? 1 : 2);
}
