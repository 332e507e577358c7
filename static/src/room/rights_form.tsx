import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { components } from "../contract/rest";
import type { Full, ParticipantView } from "../contract/types";
import { Button } from "../design/button";
import { Select } from "../design/field";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import { tellWithUndo } from "./moderation";
import { grouped } from "./permission_groups";
import { RightRow } from "./right_row";
import {
  choicesOf,
  fieldsOf,
  isByRole,
  ownRoleOf,
  ownRolesFor,
  plainRole,
  systemRolesFor,
  type Choices,
  type ExplainedPermission,
  type OfferedRole,
} from "./rights_draft";
import { useRights, useRoom } from "./room";

interface Props {
  person: ParticipantView;
  onClose: () => void;
}

/** Every right of somebody in the session: whether they have it, by which rule, and what else it could be. */
export function RightsForm({ person, onClose }: Props) {
  const { rest } = useClient();
  const room = useRoom();
  const { data, error, reload } = useLoad(
    async (signal) => {
      const { explained, roles } = await room.readRights(person.id, signal);
      if (roles) return { explained, roles };
      const plain = await rest<Full<components["schemas"]["SessionRoleView"]>[]>("GET", "/session-roles", { signal });
      return { explained, roles: plain.data.map(plainRole) };
    },
    [person.id],
  );
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={8} label={words.rights.of(person.display_name)} />;
  return <Draft person={person} onClose={onClose} {...data} />;
}

/** What is chosen for their role: none of it, or one of the system's or of the tenant's own. */
const AS_IT_IS = "";

interface DraftProps extends Props {
  explained: ExplainedPermission[];
  roles: OfferedRole[];
}

function Draft({ person, onClose, explained, roles }: DraftProps) {
  const { toasts } = useClient();
  const room = useRoom();
  const me = useRights().rights;
  const before = choicesOf(explained);
  const ownRole = ownRoleOf(explained);
  const [choices, setChoices] = useState(before);
  const [role, setRole] = useState(AS_IT_IS);
  const [isBusy, setBusy] = useState(false);

  const system = systemRolesFor(me, person, ownRole);
  const own = ownRolesFor(me, person, roles).filter(({ key }) => key !== ownRole);
  const present = roles.find(({ key, scope }) => scope === "session" && key === ownRole);
  const options = [
    { value: AS_IT_IS, label: present?.name ?? ownRole ?? words.roles[person.role] },
    ...system.map((each) => ({ value: each as string, label: words.roles[each] })),
    ...own.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const chosen = roles.find(({ id, key, scope }) => scope === "session" && (id === role || key === role));
  const roleName = options.find(({ value }) => value === role)?.label ?? "";
  const byRole = (each: ExplainedPermission): boolean =>
    role === AS_IT_IS || !chosen ? isByRole(each) : chosen.permissions.includes(each.permission);

  const isOther = explained.some(({ permission }) => choices[permission] !== before[permission]);

  // What they have of their own stays with any role, so the order does not matter; but the role may be refused.
  async function give(given: string, single: Choices): Promise<boolean> {
    const to = { participant_id: person.id };
    const isPlain = given in words.roles;
    if (role !== AS_IT_IS) {
      const command = isPlain ? "participant:set_role" : "participant:set_custom_role";
      if (!(await room.order(command, { ...to, ...(isPlain ? { role: given } : { role_id: given }) }))) return false;
    }
    return !isOther || room.order("participant:set_permissions", { ...to, ...fieldsOf(single) });
  }

  async function save(): Promise<void> {
    setBusy(true);
    if (await give(role, choices)) {
      const takeBack = (): Promise<boolean> => give(present?.id ?? person.role, before);
      // A role of the tenant's own that one is not told of could not be given back.
      const isKnown = ownRole === null || present !== undefined;
      const canTakeBack = isOther || role !== AS_IT_IS;
      tellWithUndo(toasts, () => words.rights.saved(person.display_name), isKnown && canTakeBack ? takeBack : null);
      onClose();
    } else setBusy(false);
  }

  return (
    <form
      class="rights-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {options.length > 1 && (
        <Select label={words.people.roleHeading} value={role} options={options} onChoose={setRole} />
      )}
      <p>{words.rights.hint}</p>
      {grouped(explained).map(([group, members]) => (
        <section key={group} class="rights-group">
          <h3>{words.rights.groups[group]}</h3>
          {members.map((each) => (
            <RightRow
              key={each.permission}
              permission={each.permission}
              byRole={byRole(each)}
              roleName={roleName}
              choice={choices[each.permission] ?? "role"}
              mayAllow={me.permissions.has(each.permission)}
              onChoose={(choice) => setChoices((now) => ({ ...now, [each.permission]: choice }))}
            />
          ))}
        </section>
      ))}
      <footer class="dialog-actions">
        <Button onClick={onClose}>{words.actions.cancel}</Button>
        <Button look="primary" type="submit" busy={isBusy}>
          {words.actions.save}
        </Button>
      </footer>
    </form>
  );
}
