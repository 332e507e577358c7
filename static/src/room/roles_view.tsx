import { Check } from "lucide";

import { useClient } from "../client";
import type { components } from "../contract/rest";
import type { Full } from "../contract/types";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Badge, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import { PanelBack } from "./panel_back";
import { addedRights, type RoleRights } from "./role_rights";
import { useRights } from "./room";

type SessionRole = Full<components["schemas"]["SessionRoleView"]>;

/** What each role may do, as the server says it: every role with what it has beyond the one below it. */
export function RolesView({ onBack }: { onBack: () => void }) {
  const { rest } = useClient();
  const { me } = useRights();
  const { data, error, reload } = useLoad((signal) => rest<SessionRole[]>("GET", "/session-roles", { signal }), []);
  return (
    <div class="people">
      <PanelBack title={words.rights.title} onBack={onBack} />
      <div class="panel-scroll" role="group" aria-label={words.rights.title} tabIndex={0}>
        {error && <LoadError error={error} onRetry={reload} />}
        {!data && !error && <Skeleton lines={5} label={words.rights.title} />}
        {data &&
          addedRights(data.data).map((each) => <RoleCard key={each.role} {...each} isMine={each.role === me.role} />)}
      </div>
    </div>
  );
}

function RoleCard({ role, below, rights, isMine }: RoleRights & { isMine: boolean }) {
  const known: Readonly<Record<string, string>> = words.rights.permissions;
  return (
    <section class="role-card">
      <h3>
        {words.roles[role]} {isMine && <Badge tone="scheduled">{words.rights.yours}</Badge>}
      </h3>
      {below && <p class="quiet">{words.rights.asWell(words.roles[below])}</p>}
      <ul class="role-rights">
        {rights.map((right) => (
          <li key={right}>
            <Icon of={Check} size={16} />
            <span>{known[right] ?? right}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
