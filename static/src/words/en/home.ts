// The first page.

export const home = {
  title: "Meet, teach, decide together",
  lead: "One link, no installation. Start a session, or join one with its code.",
  greeting: (name: string) => `Hello, ${name}`,
  greetingHint: "Join with a code, or pick up one of your sessions.",
  joinTitle: "Join a session",
  joinHint: "Six letters and digits, from your invitation.",
  mine: "Your sessions",
  parts: { live: "Live now", today: "Today", next: "Coming up", recent: "Recent" },
  all: "See all",
  emptyTitle: "No sessions yet",
  emptyHint: "Start one now or plan it for later. You get a link to send round.",
  points: [
    { title: "You decide who comes in", text: "A waiting room where people are admitted with one click." },
    { title: "Nothing is lost", text: "A dropped connection comes back by itself, with all you missed." },
    { title: "Recording needs a yes", text: "Everybody sees when it runs, and is asked first." },
  ],
};
