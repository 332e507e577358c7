import { CircleUser, LogOut, Settings, Monitor, Moon, Sun } from "lucide";
import type { IconNode } from "lucide";

import { useClient } from "../client";
import type { Theme } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { Popover, PopoverItem } from "../design/popover";
import { LanguageChoice } from "./language_choice";
import { words } from "../words";

const THEMES: readonly { theme: Theme; icon: IconNode }[] = [
  { theme: "system", icon: Monitor },
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
];

export function AccountMenu() {
  const { account, router, toasts } = useClient();
  const user = account.user.value;

  const face = user && <Avatar id={user.id} name={user.display_name} image={user.avatar_url} size="small" />;

  async function signOut(): Promise<void> {
    try {
      await account.logOut();
      toasts.tell(() => words.identity.signedOut);
    } catch (error) {
      toasts.complain(error);
    }
    router.go("/");
  }

  return (
    <div class="account">
      {!user && (
        <>
          <Link href="/sign-in" look="quiet">
            {words.shell.signIn}
          </Link>
          <Link href="/register" look="secondary" class="account-register">
            {words.shell.register}
          </Link>
        </>
      )}
      <Popover label={words.shell.account} icon={CircleUser} side="above" face={face}>
        {(close) => (
          <>
            {user && (
              <div class="account-who">
                <strong>{user.display_name}</strong>
                <span>{user.email}</span>
              </div>
            )}
            <ThemeChoice />
            <LanguageChoice />
            {user && (
              <PopoverItem
                icon={Settings}
                onChoose={() => {
                  close();
                  router.go("/account/profile");
                }}
              >
                {words.account.settings}
              </PopoverItem>
            )}
            {user && (
              <PopoverItem
                icon={LogOut}
                onChoose={() => {
                  close();
                  void signOut();
                }}
              >
                {words.shell.signOut}
              </PopoverItem>
            )}
          </>
        )}
      </Popover>
      {user && <span class="account-name">{user.display_name}</span>}
    </div>
  );
}

export function ThemeChoice() {
  const { theme, toasts } = useClient();
  return (
    <fieldset class="segmented">
      <legend>{words.shell.theme}</legend>
      {THEMES.map(({ theme: each, icon }) => (
        <label key={each} class="segment">
          <input
            type="radio"
            name="theme"
            checked={theme.current.value === each}
            onChange={() => void theme.choose(each).catch(toasts.complain)}
          />
          <Icon of={icon} size={16} />
          <span>{words.shell.themes[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
