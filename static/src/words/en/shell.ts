// The frame of every page, what buttons say, and what went wrong.

export const actions = {
  cancel: "Cancel",
  close: "Close",
  dismiss: "Dismiss",
  back: "Back",
  save: "Save",
  edit: "Edit",
  delete: "Delete",
  retry: "Try again",
  undo: "Undo",
  copyLink: "Copy link",
  linkCopied: "Link copied",
  copyFailed: "The browser did not allow copying. Select it, and copy it by hand.",
  loadMore: "Show more",
  for: (name: string) => `Actions for ${name}`,
};

export const errors = {
  offline: "No connection to the server. Check your network and try again.",
  timedOut: "The server took too long to answer. Try again.",
  unreadable: "The server's answer could not be read. Try again in a moment.",
  unexpectedTitle: "That should not have happened",
  unexpected: "Something went wrong here. Reload the page.",
  reload: "Reload the page",
  notFoundTitle: "There is nothing here",
  notFound: "The address may be mistyped, or what was here is gone.",
  loadFailed: "This could not be loaded",
};

export const shell = {
  opening: "Loading…",
  skip: "Skip to content",
  navigation: "Main",
  home: "Home",
  sessions: "Sessions",
  newSession: "New session",
  admin: "Admin",
  account: "Account",
  signIn: "Sign in",
  register: "Create account",
  signOut: "Sign out",
  signedInAs: (email: string) => `Signed in as ${email}`,
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },
  language: "Language",
  notifications: "Notifications",
};
