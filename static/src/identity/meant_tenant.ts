// Which tenant a browser is at, where the host name does not say it: ?tenant=<slug>, remembered from then on.

const KEY = "convene:tenant";
const SLUG = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** The slug to name to the server; null leaves it to the host name. */
export function meantTenant(storage: Storage = localStorage, search: string = location.search): string | null {
  const given = new URLSearchParams(search).get("tenant")?.toLowerCase();
  if (given !== undefined && SLUG.test(given)) storage.setItem(KEY, given);
  const kept = storage.getItem(KEY);
  return kept !== null && SLUG.test(kept) ? kept : null;
}

export function rememberTenant(slug: string, storage: Storage = localStorage): void {
  storage.setItem(KEY, slug);
}

export function forgetTenant(storage: Storage = localStorage): void {
  storage.removeItem(KEY);
}
