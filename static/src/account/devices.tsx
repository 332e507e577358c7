import { Monitor, MonitorSmartphone, Smartphone, Tablet } from "lucide";
import type { IconNode } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { SignInView } from "../contract/types";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Badge, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import type { Say } from "../words/say";
import { formatMoment } from "../words/format";
import { Section } from "./section";

const ICONS: Record<SignInView["form"], IconNode> = {
  computer: Monitor,
  phone: Smartphone,
  tablet: Tablet,
  other: MonitorSmartphone,
};

export function Devices() {
  const { rest, toasts } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<SignInView[]>("GET", "/users/me/sign-ins", { signal })).data,
    [],
  );
  const [isAsking, ask] = useState(false);

  async function end(path: string, said: Say): Promise<void> {
    ask(false);
    try {
      await rest("DELETE", path, { body: {} });
      toasts.tell(said);
    } catch (problem) {
      toasts.complain(problem);
    }
    reload();
  }

  return (
    <Section title={words.account.devices} hint={words.account.devicesHint}>
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton label={words.account.devices} />}
      {data && (
        <ul class="devices" aria-label={words.account.devices}>
          {data.map((device) => (
            <Device
              key={device.id}
              device={device}
              onEnd={() =>
                void end(`/users/me/sign-ins/${device.id}`, () => words.account.signedOutThere(deviceName(device)))
              }
            />
          ))}
        </ul>
      )}
      {data && data.length > 1 && (
        <div class="settings-foot">
          <Button look="quiet" class="danger-text" onClick={() => ask(true)}>
            {words.account.signOutOthers}
          </Button>
        </div>
      )}
      {isAsking && (
        <Dialog
          title={words.account.signOutOthers}
          onClose={() => ask(false)}
          actions={
            <>
              <Button onClick={() => ask(false)}>{words.actions.cancel}</Button>
              <Button look="danger" onClick={() => void end("/users/me/sign-ins", () => words.account.signedOutOthers)}>
                {words.account.signOutOthers}
              </Button>
            </>
          }
        >
          <p>{words.account.signOutOthersAsk}</p>
        </Dialog>
      )}
    </Section>
  );
}

export function Device({ device, onEnd }: { device: SignInView; onEnd?: () => void }) {
  return (
    <li class="device">
      <span class="device-icon">
        <Icon of={ICONS[device.form]} />
      </span>
      <div class="device-words">
        <p class="device-name">
          <span>{deviceName(device)}</span>
          {device.is_current && <Badge tone="active">{words.account.thisDevice}</Badge>}
        </p>
        <p class="field-note device-facts">
          {!device.is_current && <span>{words.account.lastUsed(formatMoment(device.last_used_at))}</span>}
          <span>{words.account.signedInSince(formatMoment(device.created_at))}</span>
          {device.address && <span>{device.address}</span>}
        </p>
      </div>
      {!device.is_current && onEnd && (
        <Button size="small" aria-label={words.account.signOutDevice(deviceName(device))} onClick={onEnd}>
          {words.account.signOutThere}
        </Button>
      )}
    </li>
  );
}

export function deviceName({ browser, system }: SignInView): string {
  if (browser && system) return words.account.onSystem(browser, system);
  if (system) return words.account.onSystem(words.account.unknownBrowser, system);
  return browser ?? words.account.unknownDevice;
}
