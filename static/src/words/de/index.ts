// German. People are addressed as Sie; a session (Sitzung) has a room, a host and Teilnehmende; roles are named by what
// they do (Moderation, Präsentation), so that they fit everybody.

import type { Words } from "../en";
import { brand, kinds, roles, rolesAs, statuses, time } from "./terms";
import { actions, errors, shell } from "./shell";
import { reasons, refusals } from "./refusals";
import { account } from "./account";
import { admin } from "./admin";
import { apiKeys, audit } from "./audit";
import { identity } from "./identity";
import { entry } from "./entry";
import { factor } from "./factor";
import { leaving } from "./leaving";
import { home } from "./home";
import { join, waiting } from "./join";
import { form, ready, sessions, summary } from "./sessions";
import { announce, closed, recording, room } from "./room";
import { people, rights, statistics, waitingRoom } from "./people";
import { calendar } from "./calendar";
import { chat } from "./chat";
import { polls } from "./polls";
import { palette, shortcuts } from "./palette";
import { happened, history } from "./history";
import { replay } from "./replay";
import { acting, tenants } from "./tenants";

export const de: Words = {
  brand,
  time,
  kinds,
  statuses,
  roles,
  rolesAs,
  actions,
  errors,
  refusals,
  reasons,
  shell,
  palette,
  shortcuts,
  identity,
  entry,
  factor,
  leaving,
  account,
  admin,
  audit,
  apiKeys,
  home,
  join,
  waiting,
  sessions,
  calendar,
  form,
  summary,
  ready,
  room,
  recording,
  announce,
  closed,
  people,
  waitingRoom,
  statistics,
  rights,
  chat,
  polls,
  history,
  happened,
  replay,
  tenants,
  acting,
};
