import type { ComponentChildren } from "preact";

interface SampleProps {
  title: string;
  /** Beside each other, as far as there is room. */
  isRow?: boolean;
  children: ComponentChildren;
}

export function Sample({ title, isRow, children }: SampleProps) {
  return (
    <div class="design-sample">
      <h3>{title}</h3>
      <div class={isRow ? "design-row" : "design-column"}>{children}</div>
    </div>
  );
}
