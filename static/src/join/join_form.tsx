import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { JoinFields, PreviewSession, SessionPreview } from "../contract/types";
import { Button, Link } from "../design/button";
import { Select, TextField, Toggle } from "../design/field";
import { focusFirstError } from "../sessions/focus_first_error";
import { words } from "../words";
import { formatLanguage } from "../words/format";
import { rememberedName, seatIn } from "./seat";
import { useJoining } from "./use_joining";

interface JoinFormProps {
  preview: SessionPreview;
  session: PreviewSession;
}

/** What one has to say to come in; or the way round, for those who are in already or need an account first. */
export function JoinForm({ preview, session }: JoinFormProps) {
  const { account } = useClient();
  const user = account.user.value;
  const back = `?next=${encodeURIComponent(`/join/${session.code}`)}`;

  if (!user && seatIn(session.id)) {
    return (
      <Link href={`/room/${session.id}`} look="primary" size="large">
        {words.join.comeBack}
      </Link>
    );
  }
  if (!user && !session.allow_guests) return <AccountNeeded back={back} />;
  return (
    <>
      <Questions canJoin={preview.can_join} session={session} memberName={user?.display_name ?? null} />
      {!user && (
        <p class="otherwise">
          {words.join.haveAccount}{" "}
          <Link class="link" href={`/sign-in${back}`}>
            {words.shell.signIn}
          </Link>
        </p>
      )}
    </>
  );
}

/** `back`: what brings them here again once they have signed in. */
function AccountNeeded({ back }: { back: string }) {
  return (
    <div class="join-form">
      <Link href={`/sign-in${back}`} look="primary" size="large">
        {words.join.signInToJoin}
      </Link>
      <Link href={`/register${back}`} look="secondary" size="large">
        {words.shell.register}
      </Link>
    </div>
  );
}

interface QuestionsProps {
  canJoin: boolean;
  session: PreviewSession;
  /** Null for guests, who are asked for their name. */
  memberName: string | null;
}

function Questions({ canJoin, session, memberName }: QuestionsProps) {
  const [name, setName] = useState(rememberedName);
  const [fields, setFields] = useState<JoinFields>({ language: session.original_language });
  const { join, errors, isBusy } = useJoining(session);
  const languages = [...new Set([session.original_language, ...session.available_languages])];
  const asksConsent = session.is_recording && session.recording_consent;

  return (
    <form
      class="join-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void join(memberName === null ? name.trim() : null, fields).then(focusFirstError);
      }}
    >
      {memberName === null ? (
        <NameField name={name} onName={setName} error={errors.display_name} />
      ) : (
        <p class="quiet">{words.join.as(memberName)}</p>
      )}
      {languages.length > 1 && (
        <Select
          label={words.join.language}
          value={fields.language ?? session.original_language}
          options={languages.map((tag) => ({ value: tag, label: formatLanguage(tag) }))}
          onChoose={(language) => setFields({ ...fields, language })}
        />
      )}
      {asksConsent && (
        <Toggle
          look="checkbox"
          label={words.join.consent}
          checked={fields.consent === true}
          onToggle={(consent) => setFields({ ...fields, consent })}
          error={errors.consent}
        />
      )}
      {errors.all && (
        <p class="problem" role="alert">
          {errors.all}
        </p>
      )}
      <Button type="submit" look="primary" size="large" busy={isBusy} disabled={!canJoin}>
        {session.requires_approval ? words.join.ask : words.join.join}
      </Button>
    </form>
  );
}

function NameField({
  name,
  onName,
  error,
}: {
  name: string;
  onName: (name: string) => void;
  error: string | undefined;
}) {
  return (
    <TextField
      label={words.join.name}
      autoComplete="name"
      maxLength={80}
      hint={words.join.nameHint}
      value={name}
      onText={onName}
      error={error}
    />
  );
}
