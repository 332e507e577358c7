// Time zones as people look for them.

/** Every zone the browser knows, with underscores read as spaces; and the one that is chosen, whatever it is called. */
export function zoneOptions(chosen: string | null): { value: string; label: string }[] {
  const names = new Set(Intl.supportedValuesOf("timeZone"));
  if (chosen) names.add(chosen);
  return [...names].sort().map((value) => ({ value, label: value.replaceAll("_", " ") }));
}

/** What the clock shows there. */
export function timeIn(zone: string, locale: string, now = new Date()): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone }).format(now);
}
