import { useClient } from "../client";
import { Dialog } from "../design/dialog";
import { Toggle } from "../design/field";
import { words } from "../words";
import { GROUPS, type Command, type Group } from "./commands";
import { isAlone } from "./keys";
import { Keys } from "./palette";

/** The keys of everything that is offered where one is, and whether keys alone do something. */
export function ShortcutHelp() {
  const { commands } = useClient();
  if (commands.shown.value !== "shortcuts") return null;
  const keyed = commands.list.value.filter((command) => command.keys);
  return (
    <Dialog title={words.shortcuts.title} onClose={() => commands.show(null)}>
      {GROUPS.filter((group) => keyed.some((command) => command.group === group)).map((group) => (
        <ShortcutGroup key={group} group={group} commands={keyed.filter((command) => command.group === group)} />
      ))}
      <Toggle
        label={words.shortcuts.singleKeys}
        hint={words.shortcuts.singleKeysHint}
        checked={commands.hasSingleKeys.value}
        onToggle={commands.setSingleKeys}
      />
    </Dialog>
  );
}

function ShortcutGroup({ group, commands }: { group: Group; commands: readonly Command[] }) {
  const { hasSingleKeys } = useClient().commands;
  const isOff = ({ keys = "" }: Command): boolean => isAlone(keys) && !hasSingleKeys.value;
  return (
    <section>
      <h3 class="menu-label shortcuts-group">
        {group === "page" ? words.shortcuts.everywhere : words.palette.groups[group]}
      </h3>
      <dl class="shortcuts">
        {commands.map((command) => (
          <div key={command.id} class={isOff(command) ? "shortcut-off" : undefined}>
            <dt>{command.title}</dt>
            <dd>
              <Keys keys={command.keys ?? ""} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
