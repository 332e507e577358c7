import { useClient } from "../client";
import { words } from "../words";
import { meantTenant } from "./meant_tenant";

/** Leads to the other site where one may sign in, if there is one; a page of the server's, so no link of the client's. */
export function ProviderButton({ next }: { next: string }) {
  const { site } = useClient();
  const provider = site.view.value?.provider;
  if (!provider) return null;
  const tenant = meantTenant();
  const query = new URLSearchParams({ next, ...(tenant !== null && { tenant }) });
  return (
    <>
      <p class="entry-or">
        <span>{words.entry.or}</span>
      </p>
      <a class="button button-secondary button-large" href={`/api/v1/auth/oidc/start?${query.toString()}`}>
        <span class="button-text">{words.entry.signInWith(provider)}</span>
      </a>
    </>
  );
}
