import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import type { Joined, PreviewSession, SessionPreview } from "../contract/types";
import { Button, Link } from "../design/button";
import { Select, TextField, Toggle } from "../design/field";
import { Skeleton } from "../design/notice";
import { ConveneError } from "../net/error";
import { useTitle } from "../shell/page";
import { words } from "../words";
import { formatLanguage } from "../words/format";
import { codeOf } from "./code";
import { CodeField } from "./code_field";
import { usePreview } from "./preview";
import { PreviewCard } from "./preview_card";
import { keepSeat, rememberName, rememberedName, seatIn } from "./seat";

export function JoinPage({ code: given }: { code: string }) {
  const { router } = useClient();
  const [code, setCode] = useState(codeOf(given));
  const preview = usePreview(code);
  useTitle(preview.found?.session?.title ?? words.join.title);

  useEffect(() => setCode(codeOf(given)), [given]);

  function change(next: string): void {
    setCode(next);
    router.go(next ? `/join/${next}` : "/join", { replace: true });
  }

  return (
    <main id="content" class="page page-narrow page-centred">
      <section class="card entry">
        <header>
          <h1>{words.join.title}</h1>
        </header>
        <CodeField
          code={code}
          onCode={change}
          autoFocus={!given}
          error={preview.error?.message}
          hint={words.home.joinHint}
        />
        {preview.isLooking && !preview.found && <Skeleton label={words.join.looking} />}
        {preview.found && <PreviewCard preview={preview.found} />}
        {preview.found?.session && (
          <JoinForm key={preview.found.session.id} preview={preview.found} session={preview.found.session} />
        )}
      </section>
    </main>
  );
}

function JoinForm({ preview, session }: { preview: SessionPreview; session: PreviewSession }) {
  const { account, rest, router } = useClient();
  const user = account.user.value;
  const seat = user ? null : seatIn(session.id);
  const [name, setName] = useState(rememberedName);
  const [language, setLanguage] = useState(session.original_language);
  const [consent, setConsent] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);
  const asksConsent = session.is_recording && session.recording_consent;
  const here = `/join/${session.code}`;

  if (seat) {
    return (
      <Link href={`/room/${session.id}`} look="primary" size="large">
        {words.join.comeBack}
      </Link>
    );
  }
  if (!user && !session.allow_guests) {
    return (
      <Link href={`/sign-in?next=${encodeURIComponent(here)}`} look="primary" size="large">
        {words.join.signInToJoin}
      </Link>
    );
  }

  async function join(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const found: Record<string, string> = {};
    if (!user && !name.trim()) found.display_name = words.join.needName;
    if (asksConsent && !consent) found.consent = words.join.needConsent;
    setErrors(found);
    if (Object.keys(found).length) return;
    const fields = { language, ...(consent && { consent }) };
    if (user) {
      router.go(`/room/${session.id}`, { state: { joining: fields } });
      return;
    }
    setBusy(true);
    try {
      const body = { ...fields, display_name: name.trim() };
      const { data } = await rest<Joined>("POST", `/sessions/${session.id}/join`, { body, token: "" });
      rememberName(name.trim());
      keepSeat(session.id, { token: data.token, code: session.code, name: name.trim() });
      router.go(`/room/${session.id}`, { state: { joining: fields } });
    } catch (error) {
      const wrong = error instanceof ConveneError ? error.fields : {};
      setErrors(
        Object.keys(wrong).length ? wrong : { all: error instanceof Error ? error.message : words.errors.unexpected },
      );
      setBusy(false);
    }
  }

  const languages = [...new Set([session.original_language, ...session.available_languages])];
  return (
    <form class="join-form" noValidate onSubmit={(event) => void join(event)}>
      {user ? (
        <p class="quiet">{words.join.as(user.display_name)}</p>
      ) : (
        <TextField
          label={words.join.name}
          autoComplete="name"
          maxLength={80}
          hint={words.join.nameHint}
          value={name}
          onText={setName}
          error={errors.display_name}
        />
      )}
      {languages.length > 1 && (
        <Select
          label={words.join.language}
          value={language}
          options={languages.map((tag) => ({ value: tag, label: formatLanguage(tag) }))}
          onChoose={setLanguage}
        />
      )}
      {asksConsent && (
        <Toggle
          look="checkbox"
          label={words.join.consent}
          checked={consent}
          onToggle={setConsent}
          error={errors.consent}
        />
      )}
      {errors.all && (
        <p class="problem" role="alert">
          {errors.all}
        </p>
      )}
      <Button type="submit" look="primary" size="large" busy={isBusy} disabled={!preview.can_join}>
        {session.requires_approval ? words.join.ask : words.join.join}
      </Button>
      {!user && (
        <p class="otherwise">
          {words.join.haveAccount}{" "}
          <Link class="link" href={`/sign-in?next=${encodeURIComponent(here)}`}>
            {words.shell.signIn}
          </Link>
        </p>
      )}
    </form>
  );
}
