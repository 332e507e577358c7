import { useEffect, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { Skeleton } from "../design/notice";
import { useTitle } from "../shell/page";
import { words } from "../words";
import { codeOf, isWhole } from "./code";
import { CodeField } from "./code_field";
import { JoinForm } from "./join_form";
import { usePreview } from "./preview";
import { PreviewCard } from "./preview_card";
import { isLost } from "./restrictions";

/** The address is what holds the code: nothing that is typed fast can be overtaken by an older state of it. */
export function JoinPage({ code: given }: { code: string }) {
  const { router } = useClient();
  const code = codeOf(given);
  // Who comes by a link has nothing to type.
  const [isTyping, setTyping] = useState(!isWhole(code));
  const { isLooking, found, error } = usePreview(code);
  const session = found?.session ?? null;
  const mustType = isTyping || (found !== null && !session);
  const page = useRef<HTMLElement>(null);
  useTitle(session?.title ?? words.join.title);
  useEffect(() => {
    // From another page one comes on to the question that is asked here; a code that is still typed keeps the focus.
    if (!router.hasMoved || mustType || !session) return;
    const question = page.current?.querySelector<HTMLElement>("input[type=text]");
    (question ?? page.current?.querySelector("h1"))?.focus();
  }, [session?.id]);

  function change(next: string): void {
    setTyping(true);
    router.go(next ? `/join/${next}` : "/join", { replace: true });
  }

  return (
    <main ref={page} id="content" class="page page-narrow page-centred">
      <section class="card entry">
        {mustType && (
          <>
            <h1>{words.join.title}</h1>
            <CodeField
              code={code}
              onCode={change}
              autoFocus={!given || isTyping}
              error={found && !session ? words.join.why.notFound : undefined}
              hint={words.home.joinHint}
            />
          </>
        )}
        {isLooking && !found && <Skeleton label={words.join.looking} />}
        {error && (
          <p class="remark" role="status">
            {error.message}
          </p>
        )}
        {found && session && <PreviewCard preview={found} session={session} isHeading={!mustType} />}
        {found && session && !isLost(found) && <JoinForm key={session.id} preview={found} session={session} />}
      </section>
      {!mustType && (
        <p class="otherwise">
          <Button look="quiet" onClick={() => change("")}>
            {words.join.anotherCode}
          </Button>
          {found && isLost(found) && (
            <Link look="quiet" href="/">
              {words.closed.home}
            </Link>
          )}
        </p>
      )}
    </main>
  );
}
