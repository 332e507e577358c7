import { Ban, EllipsisVertical, Hand, Mic, MicOff, UserCog, UserRoundX } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { ParticipantView, Role } from "../contract/types";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { TextField } from "../design/field";
import { Popover, PopoverItem } from "../design/popover";
import { words } from "../words";
import { actsOn, hasActs } from "./rights";
import { useInside } from "./room";

/** What I may do to somebody; nothing at all where I may do nothing. */
export function PersonMenu({ person }: { person: ParticipantView }) {
  const { toasts } = useClient();
  const { room, rights } = useInside();
  const [asking, ask] = useState<"kick" | "ban" | null>(null);
  const acts = actsOn(rights, person);
  if (!hasActs(acts)) return <span class="person-gap" />;
  const name = person.display_name;

  async function act(verb: string, done?: string, payload: object = {}): Promise<void> {
    const isDone = await room.order(`participant:${verb}`, { participant_id: person.id, ...payload });
    if (isDone && done) toasts.tell(done);
  }

  const item = (icon: typeof Mic, label: string, run: () => void, close: () => void, danger = false) => (
    <PopoverItem
      icon={icon}
      danger={danger}
      onChoose={() => {
        close();
        run();
      }}
    >
      {label}
    </PopoverItem>
  );

  return (
    <>
      <Popover label={words.actions.for(name)} icon={EllipsisVertical}>
        {(close) => (
          <>
            {acts.canMute && item(MicOff, words.people.mute(name), () => void act("mute"), close)}
            {acts.canUnmute && item(Mic, words.people.unmute(name), () => void act("unmute"), close)}
            {acts.canLowerHand && item(Hand, words.people.lowerHand(name), () => void act("lower_hand"), close)}
            {acts.roles.map((role: Role) =>
              item(
                UserCog,
                words.people.makeRole(words.roles[role]),
                () => void act("set_role", words.people.roleChanged(name, words.rolesAs[role]), { role }),
                close,
              ),
            )}
            {acts.canKick && item(UserRoundX, words.people.kick(name), () => ask("kick"), close, true)}
            {acts.canBan && item(Ban, words.people.ban(name), () => ask("ban"), close, true)}
          </>
        )}
      </Popover>
      {asking && (
        <SendOutDialog
          name={name}
          verb={asking}
          onClose={() => ask(null)}
          onConfirm={(reason) => {
            ask(null);
            const done = asking === "kick" ? words.people.kicked(name) : words.people.banned(name);
            void act(asking, done, reason ? { reason } : {});
          }}
        />
      )}
    </>
  );
}

interface SendOutProps {
  name: string;
  verb: "kick" | "ban";
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

function SendOutDialog({ name, verb, onClose, onConfirm }: SendOutProps) {
  const [reason, setReason] = useState("");
  const texts =
    verb === "kick"
      ? { title: words.people.kickTitle(name), hint: words.people.kickHint, confirm: words.people.kickConfirm }
      : { title: words.people.banTitle(name), hint: words.people.banHint, confirm: words.people.banConfirm };
  return (
    <Dialog
      title={texts.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="danger" onClick={() => onConfirm(reason.trim())}>
            {texts.confirm}
          </Button>
        </>
      }
    >
      <p>{texts.hint}</p>
      <TextField label={words.people.reason} maxLength={300} value={reason} onText={setReason} />
    </Dialog>
  );
}
