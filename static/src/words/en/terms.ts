// What is the same everywhere: times, kinds, states, roles.

import { count } from "./count";

export const brand = "Convene";

export const time = {
  today: "Today",
  tomorrow: "Tomorrow",
  yesterday: "Yesterday",
  dayAt: (day: string, time: string) => `${day}, ${time}`,
  seconds: (n: number) => count(n, "second", "seconds"),
  minutes: (n: number) => count(n, "minute", "minutes"),
  hours: (n: number) => count(n, "hour", "hours"),
  days: (n: number) => count(n, "day", "days"),
  startsIn: (length: string) => `Starts in ${length}`,
  shouldHaveStarted: (length: string) => `Was to start ${length} ago`,
  from: (start: string, end: string) => `${start} – ${end}`,
  any: "Any time",
};

export const kinds = {
  meeting: { name: "Meeting", hint: "Everyone talks. People with the link come straight in." },
  class: { name: "Class", hint: "You admit people one by one. They come in muted." },
  lecture: { name: "Lecture", hint: "One speaks, many listen. Opens 30 minutes before." },
  coding: { name: "Coding room", hint: "A small group at one task. Accounts only." },
  consultation: { name: "Consultation", hint: "A few people in confidence. Never recorded." },
};

export const statuses = {
  draft: "Draft",
  scheduled: "Scheduled",
  active: "Live",
  paused: "Paused",
  ended: "Ended",
  cancelled: "Cancelled",
};

export const roles = {
  host: "Host",
  co_host: "Co-host",
  moderator: "Moderator",
  presenter: "Presenter",
  attendee: "Attendee",
  instructor: "Instructor",
  learner: "Learner",
  observer: "Observer",
};

/** As in "Ben is now ...". */
export const rolesAs = {
  host: "a host",
  co_host: "a co-host",
  moderator: "a moderator",
  presenter: "a presenter",
  attendee: "an attendee",
  instructor: "an instructor",
  learner: "a learner",
  observer: "an observer",
};
