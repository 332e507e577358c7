import { ArrowLeft } from "lucide";
import { useEffect, useRef } from "preact/hooks";

import { IconButton } from "../design/button";
import { words } from "../words";

/** The head of what a panel shows in place of its list, and the way back to it. */
export function PanelBack({ title, onBack }: { title: string; onBack: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever came by keyboard goes on reading here.
  useEffect(() => heading.current?.focus(), []);
  return (
    <header class="panel-back">
      <IconButton icon={ArrowLeft} label={words.actions.back} tip="none" onClick={onBack} />
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
    </header>
  );
}
