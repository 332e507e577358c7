import { Bell, Database, ShieldCheck, SlidersHorizontal, UserRound, Webhook } from "lucide";
import type { IconNode } from "lucide";
import type { VNode } from "preact";

import { KeyList } from "../admin/keys/key_list";
import { useClient } from "../client";
import type { UserView } from "../contract/types";
import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { showCurrent } from "../design/show_current";
import { NotFoundPage } from "../shell/not_found_page";
import { Page } from "../shell/page";
import { words } from "../words";
import { NotificationsSection } from "./notifications_section";
import { PreferencesSection } from "./preferences_section";
import { PrivacySection } from "./privacy_section";
import { ProfileSection } from "./profile_section";
import { SecuritySection } from "./security_section";

type Name = keyof typeof words.account.sections;

interface Section {
  name: Name;
  icon: IconNode;
  /** Left out: everybody. */
  mayUse?: (user: UserView) => boolean;
  view: (user: UserView) => VNode;
}

const SECTIONS: readonly Section[] = [
  { name: "profile", icon: UserRound, view: (user) => <ProfileSection user={user} /> },
  { name: "preferences", icon: SlidersHorizontal, view: () => <PreferencesSection /> },
  { name: "notifications", icon: Bell, view: () => <NotificationsSection /> },
  { name: "security", icon: ShieldCheck, view: () => <SecuritySection /> },
  { name: "keys", icon: Webhook, mayUse: (user) => user.permissions.length > 0, view: () => <KeyList of="me" /> },
  { name: "privacy", icon: Database, view: () => <PrivacySection /> },
];

export function AccountPage({ section }: { section: string }) {
  const user = useClient().account.user.value;
  if (!user) return null;
  const offered = SECTIONS.filter(({ mayUse }) => !mayUse || mayUse(user));
  const shown = offered.find(({ name }) => name === section);
  if (!shown) return <NotFoundPage />;
  return (
    <Page key={section} width="wide" title={words.account.sections[shown.name]}>
      <div class="account-page">
        <nav ref={showCurrent} class="account-sections" aria-label={words.account.sectionsLabel}>
          {offered.map(({ name, icon }) => (
            <Link
              key={name}
              href={`/account/${name}`}
              class="account-section"
              aria-current={name === section ? "page" : undefined}
            >
              <Icon of={icon} />
              <span>{words.account.sections[name]}</span>
            </Link>
          ))}
        </nav>
        <div class="account-body">{shown.view(user)}</div>
      </div>
    </Page>
  );
}
