// The pages of the administration. A new one is a line here; its script is fetched when it is first opened.

import { Building2, CalendarDays, KeyRound, ScrollText, Settings, UsersRound, Webhook } from "lucide";
import type { IconNode } from "lucide";
import type { ComponentType } from "preact";

import type { UserView } from "../contract/types";
import { onDemand } from "../design/on_demand";
import type { Words } from "../words";

export interface AdminPageProps {
  /** What follows the page's name in the address: /admin/<path>/<id>. */
  id: string | null;
}

export interface AdminPage {
  /** /admin/<path> */
  path: string;
  /** Its name in `words.admin.pages`. */
  word: keyof Words["admin"]["pages"];
  icon: IconNode;
  /** Who has one of these is offered it. */
  permissions: readonly string[];
  View: ComponentType<AdminPageProps>;
}

const PAGES: readonly AdminPage[] = [
  {
    path: "users",
    word: "users",
    icon: UsersRound,
    permissions: ["admin:users"],
    View: onDemand(async () => (await import("./users/users_page")).UsersPage),
  },
  {
    path: "roles",
    word: "roles",
    icon: KeyRound,
    permissions: ["admin:users", "role:manage"],
    View: onDemand(async () => (await import("./roles/roles_page")).RolesPage),
  },
  {
    path: "sessions",
    word: "sessions",
    icon: CalendarDays,
    permissions: ["admin:sessions"],
    View: onDemand(async () => (await import("./sessions_page")).SessionsPage),
  },
  {
    path: "settings",
    word: "settings",
    icon: Settings,
    permissions: ["admin:settings"],
    View: onDemand(async () => (await import("./tenants/settings_page")).SettingsPage),
  },
  {
    path: "tenants",
    word: "tenants",
    icon: Building2,
    permissions: ["tenant:manage"],
    View: onDemand(async () => (await import("./tenants/tenants_page")).TenantsPage),
  },
  {
    path: "audit",
    word: "audit",
    icon: ScrollText,
    permissions: ["audit:view"],
    View: onDemand(async () => (await import("./audit/audit_page")).AuditPage),
  },
  {
    path: "api-keys",
    word: "apiKeys",
    icon: Webhook,
    permissions: ["admin:users"],
    View: onDemand(async () => (await import("./keys/keys_page")).KeysPage),
  },
];

export function adminPagesFor(user: UserView | null): readonly AdminPage[] {
  const held = new Set<string>(user?.permissions ?? []);
  return PAGES.filter(({ permissions }) => permissions.some((each) => held.has(each)));
}
