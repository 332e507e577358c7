import { useClient } from "../client";
import { Skeleton } from "../design/notice";
import { useTitle } from "../shell/page";
import { words } from "../words";
import { codeOf } from "./code";
import { CodeField } from "./code_field";
import { JoinForm } from "./join_form";
import { usePreview } from "./preview";
import { PreviewCard } from "./preview_card";

/** The address is what holds the code: nothing that is typed fast can be overtaken by an older state of it. */
export function JoinPage({ code: given }: { code: string }) {
  const { router } = useClient();
  const code = codeOf(given);
  const { isLooking, found, error } = usePreview(code);
  useTitle(found?.session?.title ?? words.join.title);

  function change(next: string): void {
    router.go(next ? `/join/${next}` : "/join", { replace: true });
  }

  return (
    <main id="content" class="page page-narrow page-centred">
      <section class="card entry">
        <header>
          <h1>{words.join.title}</h1>
        </header>
        <CodeField code={code} onCode={change} autoFocus={!given} error={error?.message} hint={words.home.joinHint} />
        {isLooking && !found && <Skeleton label={words.join.looking} />}
        {found && <PreviewCard preview={found} />}
        {found?.session && <JoinForm key={found.session.id} preview={found} session={found.session} />}
      </section>
    </main>
  );
}
