// Why the server says no, by its code. Where its own sentence says more than the code does, English keeps it.

import { number } from "../count";
import { count } from "./count";

/** What is known of a refusal, in words. */
export interface Refused {
  /** The server's own sentence, in English. */
  said: string;
  /** How long to wait before trying again. */
  wait: string | null;
  /** When the doors open. */
  opens: string | null;
  /** What is wrong with the first of the fields. */
  reason: string | null;
}

const own = ({ said }: Refused): string => said;

export const refusals = {
  INTERNAL_ERROR: "Something went wrong on our side. Try again in a moment.",
  VALIDATION_ERROR: ({ reason }: Refused) =>
    reason ? `Something is not filled in right. ${reason}` : "Something is not filled in right.",
  UNAUTHENTICATED: own,
  TOKEN_EXPIRED: "Your sign-in has ended. Sign in again to go on.",
  INVALID_CREDENTIALS: "The e-mail address or the password is not right.",
  REFRESH_TOKEN_REUSED: "This sign-in was used from two places and has been closed. Sign in again.",
  FORBIDDEN: own,
  ORIGIN_NOT_ALLOWED: "This site does not take requests from here.",
  OUTRANKS_YOU: own,
  PARTICIPANT_MUTED: "You are muted. Raise your hand to ask for the floor.",
  PARTICIPANT_WAITING: "You are in the waiting room. A host will let you in.",
  PARTICIPANT_DECLINED: "A host did not let you in.",
  PARTICIPANT_REMOVED: "A host removed you from this session.",
  PARTICIPANT_BANNED: "A host has banned you from this session.",
  NOT_JOINED: "Come into the session first.",
  GUESTS_NOT_ALLOWED: "This session is for people with an account. Sign in and try again.",
  CONSENT_REQUIRED: "This session is being recorded. Agree to being recorded to come in.",
  NOT_FOUND: "This is not here, or not any more.",
  SESSION_NOT_FOUND: "There is no such session. Check the code or the link.",
  PARTICIPANT_NOT_FOUND: "This person is not part of the session.",
  MESSAGE_NOT_FOUND: "This message is not here any more.",
  RECORDING_NOT_FOUND: "This recording is not here any more.",
  USER_NOT_FOUND: "There is no such account.",
  POLL_NOT_FOUND: "This poll is not here any more.",
  ROLE_NOT_FOUND: "There is no such role.",
  ROLE_NOT_ASSIGNED: "This account does not have that role.",
  ROLE_EXISTS: "There is already a role with this key. Choose another key.",
  ROLE_IN_USE: "Somebody still has this role. Take it from them first.",
  LAST_ADMINISTRATOR: "Nobody else could look after the roles. Give somebody else this role first.",
  SYSTEM_ROLE_IS_FIXED: "This role comes with the system and stays as it is. Make a role of your own instead.",
  SESSION_CHANGED: "Somebody else has changed this session meanwhile. Look at it again, then save.",
  WRONG_PASSWORD: "That is not your password.",
  SIGN_IN_AGAIN: "You signed in too long ago to set a password without an old one. Sign in again, then set it.",
  TENANT_NOT_FOUND: "There is no such organisation on this site. Check the address.",
  INVITATION_NOT_FOUND: "There is no such invitation, or it was used already.",
  TENANT_EXISTS: "There is already an organisation with this short name. Choose another one.",
  REGISTRATION_CLOSED: "An account here takes an invitation, or an e-mail address of the organisation.",
  SIGN_IN_NOT_FOUND: "This sign-in has ended already.",
  API_KEY_NOT_FOUND: "This key is gone already.",
  LINK_NOT_VALID: "This link was used already or has expired. Ask for a new one.",
  PICTURE_NOT_READABLE: "This is no picture that can be used. Take a JPEG, PNG, WebP or GIF that is not too large.",
  MAIL_NOT_CONFIGURED: "This site does not send mail. Ask whoever runs it.",
  REQUEST_TIMEOUT: "That took too long to reach the server. Try again.",
  CONFLICT: own,
  INVALID_TRANSITION: own,
  ALREADY_DECIDED: own,
  ACCOUNT_INACTIVE: "This account is locked out. Let it in again first.",
  ACCOUNT_EXISTS: "There is already an account with this e-mail address or username.",
  SECOND_FACTOR_REQUIRED: "Enter the code that your authenticator shows.",
  WRONG_CODE: "This code is not right, or was used already. Wait for the next one.",
  OWNS_SESSIONS: "This account owns sessions. Say who takes them over, or that they are archived.",
  RECORDING_EXISTS: "A recording is running already.",
  RECORDING_STATE: own,
  PAYLOAD_TOO_LARGE: "That is too much at once.",
  UNPROCESSABLE: own,
  SESSION_NOT_LIVE: "The session is not running.",
  SESSION_OVER: own,
  SESSION_NOT_OPEN: ({ said, opens }: Refused) => (opens ? `The doors are not open yet. They open: ${opens}.` : said),
  SESSION_PAUSED: "The session is paused. Wait until a host resumes it.",
  SESSION_LOCKED: "A host has locked this session. Nobody else can come in.",
  SESSION_FULL: "Every seat in this session is taken.",
  WAITING_ROOM_FULL: "Too many people are waiting already. Try again in a while.",
  CAPABILITY_OFF: own,
  POLL_CLOSED: "This poll is closed.",
  TOO_MANY_POLLS: "This session has as many polls as it can hold.",
  LAST_HOST: "A session needs a host. Make somebody else host first.",
  EDIT_WINDOW_CLOSED: "This message is too old to be edited.",
  PROVIDER_REFUSED: "Signing in there has not worked. Begin once more.",
  PROVIDER_UNAVAILABLE: "The site that you want to sign in at does not answer. Try again in a moment.",
  ADDRESS_NOT_VERIFIED: "The site you come from has not verified your e-mail address. Verify it there, then try again.",
  ACCOUNT_NOT_LINKED:
    "There is an account with this address already. Sign in with its password, and verify its address.",
  ACCOUNT_LOCKED: "This account is locked out. Ask an administrator.",
  IDENTITY_NOT_FOUND: "This way to sign in is gone already.",
  LAST_WAY_IN: "Nothing else signs in to this account. Set a password first.",
  RATE_LIMITED: ({ wait }: Refused) =>
    wait ? `That was too fast. Try again in ${wait}.` : "That was too fast. Wait a moment and try again.",
  UNAVAILABLE: "The server cannot do that right now. Nothing was changed; try again in a moment.",
};

/** What is wrong with a field, by the server's sentence with its numbers left out. */
export const reasons = {
  "is required": () => "This is needed.",
  "must have at least N characters": (n: number) => `At least ${count(n, "character", "characters")}.`,
  "must have at most N characters": (n: number) => `At most ${count(n, "character", "characters")}.`,
  "must have at least N entries": (n: number) => `At least ${count(n, "entry", "entries")}.`,
  "must have at most N entries": (n: number) => `At most ${count(n, "entry", "entries")}.`,
  "does not have the required form": () => "This does not have the right form.",
  "must be a whole number": () => "A whole number.",
  "must be greater than or equal to N": (n: number) => `At least ${number(n)}.`,
  "must be less than or equal to N": (n: number) => `At most ${number(n)}.`,
  "must have something in it that can be seen": () => "There must be something in it that can be seen.",
  "must not contain control characters": () => "It has characters that cannot be shown.",
  "must be the name of a time zone, for example Europe/Berlin": () => "The name of a time zone, such as Europe/Berlin.",
  "must all be different": () => "These must all be different.",
  "must be after start_time": () => "It must end after it starts.",
  "must be in the future": () => "This must be in the future.",
  "must lie between the years N and N": () => "This is not a time that can be planned.",
  "must be one option: this poll does not take several": () => "This poll takes one answer.",
  "say what you want to be called": () => "Enter your name.",
  "value is not a valid email address": () => "This does not look like an e-mail address.",
};
