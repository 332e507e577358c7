import { Building2 } from "lucide";

import { useClient } from "../client";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import type { ActedIn } from "../identity/acting";
import { words } from "../words";

/** Says over every page in whose tenant one acts. */
export function ActingBar({ tenant }: { tenant: ActedIn }) {
  const { site } = useClient();
  const shown = site.view.value;
  const name = shown && shown !== site.own.value ? shown.name : tenant.name;
  const leave = useLeaving();
  return (
    <aside class="acting-bar" aria-label={words.acting.label}>
      <Icon of={Building2} />
      <p class="acting-words">{words.acting.here(name)}</p>
      <Button size="small" class="acting-leave" aria-label={words.acting.leaveNamed(name)} onClick={leave}>
        {words.acting.leave}
      </Button>
    </aside>
  );
}

/** Back to one's own tenant, and to the list of all. */
export function useLeaving(): () => void {
  const { acting, router } = useClient();
  return () => {
    acting.leave();
    router.go("/admin/tenants");
  };
}
