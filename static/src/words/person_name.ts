// What somebody is called on the screen.

import { words } from "./index";

export interface Named {
  display_name: string;
  /** Left out in what was logged before there was such a thing: they are not. */
  is_erased?: boolean;
}

/** Who deleted their account is called so in the reader's language; the server keeps an English name for them. */
export function nameOf({ display_name, is_erased }: Named): string {
  return is_erased ? words.people.former : display_name;
}

export function ownerOf({ owner_name, is_owner_erased }: { owner_name: string; is_owner_erased: boolean }): string {
  return nameOf({ display_name: owner_name, is_erased: is_owner_erased });
}
