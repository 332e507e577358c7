import { Search } from "lucide";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import { Icon } from "../design/icon";
import { stepOf } from "../design/menu_keys";
import { useModal } from "../design/modal";
import { words } from "../words";
import { shownKeys } from "./keys";
import { sectionsOf, type Entry } from "./ranking";
import { useFoundSessions } from "./use_found_sessions";

/** The palette while it is open. What was chosen is done once it is gone and the focus is back. */
export function Palette() {
  const { commands } = useClient();
  const chosen = useRef<Entry | null>(null);
  const isShown = commands.shown.value === "palette";

  useEffect(() => {
    if (isShown) return;
    const entry = chosen.current;
    chosen.current = null;
    entry?.run();
  }, [isShown]);

  if (!isShown) return null;
  return (
    <PaletteDialog
      onClose={(entry) => {
        chosen.current = entry;
        commands.show(null);
      }}
    />
  );
}

function PaletteDialog({ onClose }: { onClose: (chosen: Entry | null) => void }) {
  const { commands } = useClient();
  const id = useId();
  const modal = useModal(() => onClose(null));
  const [typed, setTyped] = useState("");
  const [current, setCurrent] = useState("");
  const found = useFoundSessions(typed);
  const offered = commands.list.value.filter(({ id: each }) => each !== "palette");
  const sections = sectionsOf([...found.commands, ...offered], typed);
  const entries = sections.flatMap((section) => section.entries);
  const at = Math.max(
    0,
    entries.findIndex((entry) => entry.id === current),
  );
  const active = entries[at];

  useEffect(() => {
    document.getElementById(`${id}-${active?.id}`)?.scrollIntoView({ block: "nearest" });
  }, [active?.id]);

  function press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (active) onClose(active);
      return;
    }
    // Home and End belong to what is typed.
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const goal = stepOf(event.key, at, entries.length);
    if (goal !== null) setCurrent(entries[goal]?.id ?? "");
  }

  return (
    <dialog {...modal} class="palette" aria-label={words.palette.title}>
      <div class="palette-box">
        <div class="palette-field">
          <Icon of={Search} />
          <input
            autoFocus
            type="text"
            role="combobox"
            aria-label={words.palette.placeholder}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={active && `${id}-${active.id}`}
            placeholder={words.palette.placeholder}
            autoComplete="off"
            spellcheck={false}
            maxLength={200}
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setCurrent("");
            }}
            onKeyDown={press}
          />
        </div>
        <div id={`${id}-list`} class="palette-list" role="listbox" aria-label={words.palette.results}>
          {sections.map(({ group, entries: own }) => (
            <div key={group} role="group" aria-label={words.palette.groups[group]}>
              <p class="menu-label" aria-hidden="true">
                {words.palette.groups[group]}
              </p>
              {own.map((entry) => (
                <Option
                  key={entry.id}
                  id={`${id}-${entry.id}`}
                  entry={entry}
                  isActive={entry === active}
                  onPoint={() => setCurrent(entry.id)}
                  onChoose={() => onClose(entry)}
                />
              ))}
            </div>
          ))}
        </div>
        {entries.length === 0 && !found.isLooking && (
          <div class="palette-nothing">
            <p class="empty-title">{words.palette.nothing(typed.trim())}</p>
            <p class="quiet">{words.palette.nothingHint}</p>
          </div>
        )}
        <PaletteFoot isLooking={found.isLooking} hasFailed={found.hasFailed} count={entries.length} typed={typed} />
      </div>
    </dialog>
  );
}

interface FootProps {
  isLooking: boolean;
  hasFailed: boolean;
  count: number;
  typed: string;
}

function PaletteFoot({ isLooking, hasFailed, count, typed }: FootProps) {
  const said = isLooking
    ? words.palette.looking
    : hasFailed
      ? words.palette.lookFailed
      : typed.trim()
        ? words.palette.found(count)
        : "";
  return (
    <footer class="palette-foot">
      <p role="status">{said}</p>
      <p class="palette-keys wide-only" aria-hidden="true">
        <kbd class="key">↑</kbd>
        <kbd class="key">↓</kbd> {words.palette.move}
        <kbd class="key">↵</kbd> {words.palette.choose}
        <kbd class="key">Esc</kbd> {words.palette.close}
      </p>
    </footer>
  );
}

interface OptionProps {
  id: string;
  entry: Entry;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Option({ id, entry, isActive, onPoint, onChoose }: OptionProps) {
  const isSession = entry.group === "sessions";
  return (
    <div
      id={id}
      role="option"
      class="palette-option"
      aria-selected={isActive}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      {entry.icon ? <Icon of={entry.icon} size={16} /> : <span class="popover-gap" />}
      <span class="palette-name">
        <Marked text={entry.title} at={entry.at} />
      </span>
      {isSession && <span class="palette-more">{entry.also}</span>}
      {entry.keys && <Keys keys={entry.keys} />}
    </div>
  );
}

export function Keys({ keys }: { keys: string }) {
  return (
    <span class="keys">
      {shownKeys(keys).map((key) => (
        <kbd key={key} class="key">
          {key}
        </kbd>
      ))}
    </span>
  );
}

/** The text, with the letters that were typed stronger. */
function Marked({ text, at }: { text: string; at: readonly number[] }) {
  if (at.length === 0) return text;
  const marked = new Set(at);
  const runs: { text: string; isMarked: boolean }[] = [];
  for (const [index, char] of text.split("").entries()) {
    const last = runs.at(-1);
    if (last?.isMarked === marked.has(index)) last.text += char;
    else runs.push({ text: char, isMarked: marked.has(index) });
  }
  return runs.map((run, i) => (run.isMarked ? <b key={i}>{run.text}</b> : <span key={i}>{run.text}</span>));
}
