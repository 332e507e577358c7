import { Search } from "lucide";
import type { ComponentChildren } from "preact";

import { useClient } from "../client";
import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { AccountMenu } from "../identity/account_menu";
import { LanguageFoot } from "../identity/language_choice";
import { words } from "../words";
import { destinationsFor, isHere } from "./navigation";
import { Keys } from "./palette";

/** The frame of every page but the room: a rail at the side, or on narrow screens a bar at the foot. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { account } = useClient();
  const isMember = account.user.value !== null;
  return (
    <div class={`shell ${isMember ? "shell-member" : "shell-open"}`}>
      <a class="skip" href="#content">
        {words.shell.skip}
      </a>
      <header class="shell-head">
        <Brand />
        {isMember && <PaletteButton />}
        <div class="shell-bar">
          {isMember && <Navigation />}
          {account.isKnown.value && <AccountMenu />}
        </div>
      </header>
      {children}
      {account.isKnown.value && !isMember && <LanguageFoot />}
    </div>
  );
}

/** Whose site this is: the tenant's logo, which says its name, or the mark and the name. */
export function Brand() {
  const { acting, site: shown } = useClient();
  const site = shown.view.value;
  const home = acting.tenant.value ? "/admin" : "/";
  const name = site?.name ?? words.brand;
  if (site?.logo_url) {
    return (
      <Link href={home} class="brand">
        <img class="brand-logo" src={site.logo_url} alt={name} />
      </Link>
    );
  }
  return (
    <Link href={home} class="brand">
      <svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="9" />
        <path d="M21.500 11.500a7 7 0 1 0 0 9" />
        <circle cx="21.500" cy="16" r="2" />
      </svg>
      <span class="brand-name">{name}</span>
    </Link>
  );
}

function PaletteButton() {
  const { commands } = useClient();
  return (
    <button type="button" class="palette-button" aria-haspopup="dialog" onClick={() => commands.show("palette")}>
      <Icon of={Search} size={16} />
      <span>{words.palette.open}</span>
      <span class="wide-only" aria-hidden="true">
        <Keys keys="mod+k" />
      </span>
    </button>
  );
}

function Navigation() {
  const { account, acting, router } = useClient();
  const { path } = router.place.value;
  return (
    <nav class="nav" aria-label={words.shell.navigation}>
      {destinationsFor(account.user.value, acting.tenant.value !== null).map((place) => (
        <Link
          key={place.href}
          href={place.href}
          class="nav-item"
          aria-current={isHere(place, path) ? "page" : undefined}
        >
          <Icon of={place.icon} />
          <span>{words.shell[place.word]}</span>
        </Link>
      ))}
    </nav>
  );
}
