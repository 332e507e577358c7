import { Download } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { words } from "../words";
import { Switch } from "./choices";
import { DeleteAccount } from "./delete_account";
import { Section, Setting } from "./section";
import { usePreference } from "./use_preference";

export function PrivacySection() {
  const { preferences, isSaved, change } = usePreference();
  return (
    <>
      <Section title={words.account.privacy} isSaved={isSaved}>
        <Switch
          label={words.account.showPicture}
          hint={words.account.showPictureHint}
          checked={preferences.privacy.show_avatar}
          onToggle={(on) => change({ privacy: { show_avatar: on } })}
        />
      </Section>
      <Section title={words.account.data}>
        <Export />
        <DeleteAccount />
      </Section>
    </>
  );
}

function Export() {
  const { rest, toasts } = useClient();
  const [isBusy, setBusy] = useState(false);

  async function download(): Promise<void> {
    setBusy(true);
    try {
      const { data } = await rest<unknown>("GET", "/users/me/export");
      offer(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }), "convene-export.json");
      toasts.tell(() => words.account.exported);
    } catch (error) {
      toasts.complain(error);
    }
    setBusy(false);
  }

  return (
    <Setting stacks label={words.account.exportData} hint={words.account.exportHint}>
      {({ id, describedBy }) => (
        <Button id={id} icon={Download} busy={isBusy} aria-describedby={describedBy} onClick={() => void download()}>
          {words.account.download}
        </Button>
      )}
    </Setting>
  );
}

function offer(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
