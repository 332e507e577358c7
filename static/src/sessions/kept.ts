// What is typed into a form and not sent yet, kept for this tab: over a reload, a lost sign-in, and going elsewhere.

export interface Kept<T> {
  read: () => T | null;
  write: (value: T) => void;
  forget: () => void;
}

/** `isWhole` says whether what was kept is of the form that it has today. */
export function keptAt<T>(
  key: string,
  isWhole: (value: unknown) => value is T,
  storage: Storage = sessionStorage,
): Kept<T> {
  const name = `convene:kept:${key}`;
  return {
    read: () => {
      try {
        const value: unknown = JSON.parse(storage.getItem(name) ?? "null");
        return isWhole(value) ? value : null;
      } catch {
        return null;
      }
    },
    write: (value) => {
      try {
        storage.setItem(name, JSON.stringify(value));
      } catch {
        // Full, or not allowed: then it lives as long as the page.
      }
    },
    forget: () => storage.removeItem(name),
  };
}

/** Whether a value has every field of a model, each of the same kind. */
export function isLike(model: object, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(model).every(([key, each]: [string, unknown]) => {
    const found = (value as Record<string, unknown>)[key];
    if (each === null || found === null) return found !== undefined;
    return typeof each === typeof found;
  });
}
