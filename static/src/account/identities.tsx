import { KeyRound } from "lucide";

import { useClient } from "../client";
import type { IdentityView } from "../contract/types";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import { formatMoment } from "../words/format";
import { Section } from "./section";

const PATH = "/users/me/identities";

/** Who one is at other sites, by which one signs in here. Where there is neither, nothing is shown. */
export function Identities() {
  const { rest, site, toasts } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<IdentityView[]>("GET", PATH, { signal })).data,
    [],
  );
  const provider = site.view.value?.provider;
  if (!provider && !data?.length) return null;

  async function unlink(identity: IdentityView): Promise<void> {
    try {
      await rest("DELETE", `${PATH}/${identity.id}`, { body: {} });
      toasts.tell(() => words.entry.unlinked(nameOf(identity)));
    } catch (problem) {
      toasts.complain(problem);
    }
    reload();
  }

  return (
    <Section title={words.entry.linked} hint={words.entry.linkedHint}>
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton label={words.entry.linked} />}
      {data?.length === 0 && provider && <p class="field-note">{words.entry.noneLinked(provider)}</p>}
      {data && data.length > 0 && (
        <ul class="devices" aria-label={words.entry.linked}>
          {data.map((identity) => (
            <Identity key={identity.id} identity={identity} onUnlink={() => void unlink(identity)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Identity({ identity, onUnlink }: { identity: IdentityView; onUnlink: () => void }) {
  return (
    <li class="device">
      <span class="device-icon">
        <Icon of={KeyRound} />
      </span>
      <div class="device-words">
        <p class="device-name">
          <span>{nameOf(identity)}</span>
        </p>
        <p class="field-note device-facts">
          <span>{siteOf(identity)}</span>
          <span>{words.entry.linkedSince(formatMoment(identity.linked_at))}</span>
        </p>
        {identity.is_last_way_in && <p class="field-note">{words.entry.onlyWayIn}</p>}
      </div>
      {!identity.is_last_way_in && (
        <Button size="small" aria-label={words.entry.unlinkOne(nameOf(identity))} onClick={onUnlink}>
          {words.entry.unlink}
        </Button>
      )}
    </li>
  );
}

function nameOf(identity: IdentityView): string {
  return identity.email ?? siteOf(identity);
}

function siteOf({ issuer }: IdentityView): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
