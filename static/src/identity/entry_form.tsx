import { CircleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

import { Icon } from "../design/icon";
import { useTitle } from "../shell/page";

interface EntryFormProps {
  title: string;
  hint: string;
  /** What is wrong with the whole, not with one field. */
  problem: Error | null;
  onSubmit: () => Promise<void>;
  children: ComponentChildren;
  /** Below the form: where else one might want to go. */
  otherwise: ComponentChildren;
}

/** The card of the sign-in and registration pages. After a failed attempt the focus goes to the first wrong field. */
export function EntryForm({ title, hint, problem, onSubmit, children, otherwise }: EntryFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useTitle(title);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    await onSubmit();
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  }

  return (
    <main id="content" class="page page-narrow page-centred">
      <form ref={form} class="card entry" noValidate onSubmit={(event) => void submit(event)}>
        <header>
          <h1>{title}</h1>
          <p class="page-lead">{hint}</p>
        </header>
        {problem && (
          <p class="problem" role="alert">
            <Icon of={CircleAlert} />
            <span>{problem.message}</span>
          </p>
        )}
        {children}
      </form>
      <p class="otherwise">{otherwise}</p>
    </main>
  );
}
