import { KeyList } from "./key_list";

/** Everybody's keys for programs. */
export function KeysPage() {
  return <KeyList of="everybody" />;
}
