import { Ban, EllipsisVertical, Eye, EyeOff, KeyRound, MessageSquareText, Mic, MicOff, UserRoundX } from "lucide";
import { useState } from "preact/hooks";

import type { ParticipantView } from "../contract/types";
import { Menu, MenuGroup, MenuItem } from "../design/menu";
import { words } from "../words";
import { formatLanguage } from "../words/format";
import { useModeration, type Act } from "./moderation";
import type { Acts } from "./rights";
import { RightsDialog } from "./rights_dialog";
import { usePart, useRights } from "./room";
import { SendOutDialog } from "./send_out_dialog";

interface PersonMenuProps {
  person: ParticipantView;
  acts: Acts;
  isMe: boolean;
}

/** What I may do to somebody; nothing at all where there is nothing. */
export function PersonMenu({ person, acts, isMe }: PersonMenuProps) {
  const moderate = useModeration();
  const languages = useLanguages(acts, isMe);
  const [asked, ask] = useState<"reason" | "rights" | null>(null);
  const name = person.display_name;
  const act = (what: Act) => (): void => void moderate(person, what);
  const isModerated = acts.canHide || acts.canSetRights || acts.canKick || acts.canBan;
  const isEmpty = !isModerated && acts.roles.length === 0 && !languages.length;
  if (isEmpty) return <span class="person-gap" />;

  return (
    <>
      <Menu label={words.actions.for(name)} icon={EllipsisVertical} class="icon-button button-quiet button-small">
        {(acts.canMute || acts.canUnmute) && (
          <MenuItem icon={person.is_muted ? Mic : MicOff} onChoose={act({ verb: person.is_muted ? "unmute" : "mute" })}>
            {person.is_muted ? words.people.unmute(name) : words.people.mute(name)}
          </MenuItem>
        )}
        {acts.canHide && (
          <MenuItem
            icon={person.is_hidden ? Eye : EyeOff}
            onChoose={act({ verb: "set_visibility", is_hidden: !person.is_hidden })}
          >
            {person.is_hidden ? words.people.show(name) : words.people.hide(name)}
          </MenuItem>
        )}
        {acts.canSetRights && (
          <MenuItem icon={KeyRound} onChoose={() => ask("rights")}>
            {words.rights.ask}
          </MenuItem>
        )}
        {(acts.canKick || acts.canBan) && (
          <MenuGroup>
            {acts.canKick && (
              <MenuItem icon={UserRoundX} danger onChoose={act({ verb: "kick" })}>
                {words.people.kick(name)}
              </MenuItem>
            )}
            {acts.canBan && (
              <MenuItem icon={Ban} danger onChoose={act({ verb: "ban" })}>
                {words.people.ban(name)}
              </MenuItem>
            )}
            <MenuItem icon={MessageSquareText} danger onChoose={() => ask("reason")}>
              {words.people.sendOutWithReason}
            </MenuItem>
          </MenuGroup>
        )}
        {acts.roles.length > 0 && (
          <MenuGroup label={words.people.roleHeading}>
            {acts.roles.map((role) => (
              <MenuItem key={role} onChoose={act({ verb: "set_role", role })}>
                {words.people.makeRole(words.roles[role])}
              </MenuItem>
            ))}
          </MenuGroup>
        )}
        {languages.length > 0 && (
          <MenuGroup label={words.people.languageHeading}>
            {languages.map((language) => (
              <MenuItem
                key={language}
                checked={language === person.language}
                onChoose={act({ verb: "set_language", language })}
              >
                {formatLanguage(language)}
              </MenuItem>
            ))}
          </MenuGroup>
        )}
      </Menu>
      {asked === "rights" && <RightsDialog person={person} onClose={() => ask(null)} />}
      {asked === "reason" && (
        <SendOutDialog
          name={name}
          acts={acts}
          onClose={() => ask(null)}
          onChoose={(verb, reason) => {
            ask(null);
            void moderate(person, { verb, ...(reason && { reason }) });
          }}
        />
      )}
    </>
  );
}

/** The languages of the session, for whom I may choose one; none where there is no choice. */
function useLanguages(acts: Acts, isMe: boolean): readonly string[] {
  const { permissions } = useRights().rights;
  const session = usePart((state) => state.session);
  const may = permissions.has("participant:set_language") && (isMe || acts.canMute || acts.canUnmute);
  const languages = [...new Set([session.original_language, ...session.available_languages])];
  return may && languages.length > 1 ? languages : [];
}
