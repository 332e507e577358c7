import { CalendarDays, House, Plus } from "lucide";
import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";

import { useClient } from "../client";
import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { AccountMenu } from "../identity/account_menu";
import { words } from "../words";

const NAVIGATION: readonly { href: string; label: string; icon: IconNode }[] = [
  { href: "/", label: words.shell.home, icon: House },
  { href: "/sessions", label: words.shell.sessions, icon: CalendarDays },
  { href: "/sessions/new", label: words.shell.newSession, icon: Plus },
];

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
        {isMember && <Navigation />}
        {account.isKnown.value && <AccountMenu />}
      </header>
      {children}
    </div>
  );
}

export function Brand() {
  return (
    <Link href="/" class="brand">
      <svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="9" />
        <path d="M21.500 11.500a7 7 0 1 0 0 9" />
        <circle cx="21.500" cy="16" r="2" />
      </svg>
      <span>{words.brand}</span>
    </Link>
  );
}

function Navigation() {
  const { path } = useClient().router.place.value;
  return (
    <nav class="nav" aria-label={words.shell.navigation}>
      {NAVIGATION.map(({ href, label, icon }) => (
        <Link key={href} href={href} class="nav-item" aria-current={path === href ? "page" : undefined}>
          <Icon of={icon} />
          <span>{label}</span>
        </Link>
      ))}
    </nav>
  );
}
