import { autoUpdate, computePosition, flip, offset, shift, size, type Placement } from "@floating-ui/dom";

const GAP = 8;

/** Keeps something that floats beside its anchor and within the window, whatever scrolls or grows; returns how to stop. */
export function keepBeside(anchor: Element, floating: HTMLElement, placement: Placement): () => void {
  const middleware = [
    offset(GAP),
    flip({ padding: GAP }),
    shift({ padding: GAP }),
    size({
      padding: GAP,
      apply: ({ availableHeight }) => {
        floating.style.maxHeight = `${Math.max(0, Math.floor(availableHeight))}px`;
      },
    }),
  ];
  async function place(): Promise<void> {
    const { x, y } = await computePosition(anchor, floating, { placement, strategy: "fixed", middleware });
    floating.style.left = `${Math.round(x)}px`;
    floating.style.top = `${Math.round(y)}px`;
  }
  return autoUpdate(anchor, floating, () => void place());
}
