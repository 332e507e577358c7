import { CircleAlert, X } from "lucide";
import { useEffect, useRef } from "preact/hooks";

import { useClient } from "../client";
import { words } from "../words";
import { Button, IconButton } from "./button";
import { createCountdown, type Countdown } from "./countdown";
import { Icon } from "./icon";
import type { Toast } from "./toasts";

const SHOWN_MS = 6_000;
const SHOWN_WITH_ACTION_MS = 10_000;

export function ToastList() {
  const { toasts } = useClient();
  const over = toasts.list.value.filter(({ action }) => action?.isOver?.());
  const current = toasts.list.value.filter((toast) => !over.includes(toast));

  useEffect(() => {
    for (const { id } of over) toasts.dismiss(id);
  });

  return (
    <section class="toasts" role="status" aria-label={words.shell.notifications}>
      {current.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onDismiss={() => toasts.dismiss(toast.id)} />
      ))}
    </section>
  );
}

function ToastCard({ toast, onDismiss }: { toast: Toast; onDismiss: () => void }) {
  const countdown = useRef<Countdown | null>(null);

  useEffect(() => {
    countdown.current = createCountdown(toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS, onDismiss);
    return () => countdown.current?.stop();
  }, []);

  return (
    <div
      class={`toast toast-${toast.tone}`}
      onMouseEnter={() => countdown.current?.hold()}
      onMouseLeave={() => countdown.current?.goOn()}
      onFocusIn={() => countdown.current?.hold()}
      onFocusOut={() => countdown.current?.goOn()}
    >
      {toast.tone === "problem" && <Icon of={CircleAlert} />}
      <p>{toast.say()}</p>
      {toast.action && (
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            toast.action?.run();
            onDismiss();
          }}
        >
          {toast.action.label()}
        </Button>
      )}
      <IconButton icon={X} size="small" tip="none" label={words.actions.dismiss} onClick={onDismiss} />
    </div>
  );
}
