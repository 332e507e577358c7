import { CircleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { useClient } from "../client";
import { Icon } from "../design/icon";
import { useTitle } from "../shell/page";

interface EntryFormProps {
  title: string;
  hint: string;
  /** What is wrong with the whole, not with one field. */
  problem: Error | null;
  /** It has taken the place of another form. */
  isNext?: boolean;
  onSubmit: () => Promise<void>;
  children: ComponentChildren;
  /** Below the form: where else one might want to go. */
  otherwise: ComponentChildren;
}

/** The card of the sign-in and registration pages. After a failed attempt the focus goes to the first wrong field. */
export function EntryForm({ title, hint, problem, isNext = false, onSubmit, children, otherwise }: EntryFormProps) {
  const { router } = useClient();
  const form = useRef<HTMLFormElement>(null);
  useTitle(title);
  // The browser by itself minds `autofocus` on the very first page only.
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>("[autofocus]");
    if (field) field.focus();
    else if (isNext || router.hasMoved) form.current?.querySelector("h1")?.focus();
  }, []);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    await onSubmit();
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  }

  return (
    <main id="content" class="page page-narrow page-centred">
      <form ref={form} class="card entry" noValidate onSubmit={(event) => void submit(event)}>
        <header>
          <h1 tabIndex={-1}>{title}</h1>
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
