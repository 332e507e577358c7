import { useClient } from "../../client";
import type { TenantView } from "../../contract/types";
import { LoadError } from "../../design/load_error";
import { Skeleton } from "../../design/notice";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { Invitations } from "./invitations";
import { LimitsForm } from "./limits_form";
import { LookForm } from "./look_form";
import { RegistrationForm } from "./registration_form";

/** One's own tenant: how it looks, who may register, how much may be asked for, who is invited. */
export function SettingsPage() {
  const { rest, site } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<TenantView>("GET", "/tenant", { signal })).data,
    [],
  );
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={6} label={words.admin.opening} />;
  const changed = (tenant: TenantView): void => {
    site.show(tenant);
    reload();
  };
  return (
    <div class="tenant-settings">
      <LookForm tenant={data} onChanged={changed} />
      <RegistrationForm tenant={data} onChanged={changed} />
      <Invitations />
      <LimitsForm tenant={data} onChanged={changed} />
    </div>
  );
}
