"""Every way in which Convene says no.

One family: the domain raises a subclass, REST and Socket.IO each turn it into JSON in one place.
The shape is that of seed 003: `{success: false, statusCode, message, errorCode, details}`; an ack carries the inner
fields only. Messages are for people and say what to do next; `code` is for programs and never changes.
"""

from typing import Any, ClassVar


class ConveneError(Exception):
    """A refusal with an HTTP status, a stable code, a sentence for a person and details for a program."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "INTERNAL_ERROR"
    message: ClassVar[str] = "Something went wrong on our side. Please try again."

    def __init__(self, message: str | None = None, **details: Any) -> None:
        super().__init__(message or self.message)
        self.text = message or self.message
        self.details = details

    def body(self) -> dict[str, Any]:
        """The error as seed 003 words it, without the `success` flag."""
        return {
            "statusCode": self.status,
            "errorCode": self.code,
            "message": self.text,
            "details": self.details,
        }


class InternalError(ConveneError):
    """A fault of ours; the cause is in the server's log under the request's id."""


# 400: the request itself cannot be understood


class ValidationFailed(ConveneError):
    """A body, query or payload that does not have the required form. `details.errors` lists every field."""

    status = 400
    code = "VALIDATION_ERROR"
    message = "Some fields are not right."

    def __init__(self, errors: list[dict[str, Any]], message: str | None = None) -> None:
        first = errors[0] if errors else {"field": "", "reason": ""}
        super().__init__(
            message or f"{first['field'] or 'body'}: {first['reason']}",
            field=first["field"],
            reason=first["reason"],
            errors=errors,
        )

    @classmethod
    def of(cls, field: str, reason: str) -> "ValidationFailed":
        return cls([{"field": field, "reason": reason}])


class UnknownCommand(ConveneError):
    status = 400
    code = "UNKNOWN_COMMAND"
    message = "There is no such command. See /asyncapi.json for all of them."


# 401: we do not know who is asking


class Unauthenticated(ConveneError):
    status = 401
    code = "UNAUTHENTICATED"
    message = "Sign in first, or join with a code."


class TokenExpired(Unauthenticated):
    code = "TOKEN_EXPIRED"
    message = "This token has expired. Get a fresh one with POST /api/v1/auth/refresh."


class InvalidCredentials(Unauthenticated):
    code = "INVALID_CREDENTIALS"
    message = "E-mail or password is not right."


class SecondFactorRequired(Unauthenticated):
    """The password was right. `details.challenge` goes with the code of the authenticator to the second step."""

    code = "SECOND_FACTOR_REQUIRED"
    message = "Enter the code that your authenticator shows."


class WrongCode(Unauthenticated):
    code = "WRONG_CODE"
    message = "This code is not right, or was used already. Wait for the next one."


class ProviderRefused(Unauthenticated):
    code = "PROVIDER_REFUSED"
    message = "Signing in there has not worked. Begin once more."


class RefreshTokenReused(Unauthenticated):
    code = "REFRESH_TOKEN_REUSED"
    message = "This sign-in was used from two places and has been closed. Sign in again."


# 403: we know, and the answer is no


class Forbidden(ConveneError):
    status = 403
    code = "FORBIDDEN"
    message = "Your role in this session does not allow that."


class OriginNotAllowed(Forbidden):
    code = "ORIGIN_NOT_ALLOWED"
    message = "Requests from this origin are not allowed. Add it to CONVENE_ALLOWED_ORIGINS."


class RegistrationClosed(Forbidden):
    code = "REGISTRATION_CLOSED"
    message = "An account here takes an invitation, or an e-mail address of the organisation."


class AddressNotVerified(Forbidden):
    code = "ADDRESS_NOT_VERIFIED"
    message = "The site you come from has not verified your e-mail address. Verify it there, then try again."


class AccountNotLinked(Forbidden):
    """There is an account with that address, but nothing shows that it is theirs."""

    code = "ACCOUNT_NOT_LINKED"
    message = (
        "There is an account with this address already. Sign in with its password, and verify its address."
    )


class AccountLocked(Forbidden):
    code = "ACCOUNT_LOCKED"
    message = "This account is locked out. Ask an administrator."


class WrongPassword(Forbidden):
    code = "WRONG_PASSWORD"
    message = "That is not your password."


class SignInAgain(Forbidden):
    code = "SIGN_IN_AGAIN"
    message = "You signed in too long ago to set a password without an old one. Sign in again, then set it."


class OutranksYou(Forbidden):
    code = "OUTRANKS_YOU"
    message = "You can only act on people below your own role."


class ParticipantMutedError(Forbidden):
    code = "PARTICIPANT_MUTED"
    message = "You are muted. Raise your hand to ask for the floor."


class ParticipantWaiting(Forbidden):
    code = "PARTICIPANT_WAITING"
    message = "You are in the waiting room. A host will let you in."


class ParticipantDeclined(Forbidden):
    code = "PARTICIPANT_DECLINED"
    message = "A host declined your request to join."


class ParticipantRemoved(Forbidden):
    code = "PARTICIPANT_REMOVED"
    message = "A host removed you from this session."


class ParticipantBanned(Forbidden):
    code = "PARTICIPANT_BANNED"
    message = "You are banned from this session."


class NotJoined(Forbidden):
    code = "NOT_JOINED"
    message = "Join the session first with session:join."


class GuestsNotAllowed(Forbidden):
    code = "GUESTS_NOT_ALLOWED"
    message = "This session is for people with an account. Sign in and try again."


class ConsentRequired(Forbidden):
    code = "CONSENT_REQUIRED"
    message = "This session is being recorded. Agree to being recorded to come in."


# 404: it is not there, or not there for you


class NotFound(ConveneError):
    status = 404
    code = "NOT_FOUND"
    message = "There is nothing at this address."


class SessionNotFound(NotFound):
    code = "SESSION_NOT_FOUND"
    message = "There is no such session. Check the code or the link."


class ParticipantNotFound(NotFound):
    code = "PARTICIPANT_NOT_FOUND"
    message = "There is no such participant in this session."


class MessageNotFound(NotFound):
    code = "MESSAGE_NOT_FOUND"
    message = "There is no such message in this session."


class RecordingNotFound(NotFound):
    code = "RECORDING_NOT_FOUND"
    message = "There is no such recording in this session."


class UserNotFound(NotFound):
    code = "USER_NOT_FOUND"
    message = "There is no such account."


class RoleNotFound(NotFound):
    code = "ROLE_NOT_FOUND"
    message = "There is no such role."


class RoleNotAssigned(NotFound):
    code = "ROLE_NOT_ASSIGNED"
    message = "This account does not have that role."


class TenantNotFound(NotFound):
    code = "TENANT_NOT_FOUND"
    message = "There is no such organisation on this site."


class InvitationNotFound(NotFound):
    code = "INVITATION_NOT_FOUND"
    message = "There is no such invitation, or it was used already."


class SignInNotFound(NotFound):
    code = "SIGN_IN_NOT_FOUND"
    message = "This sign-in has ended already."


class IdentityNotFound(NotFound):
    code = "IDENTITY_NOT_FOUND"
    message = "This way to sign in is gone already."


class ApiKeyNotFound(NotFound):
    code = "API_KEY_NOT_FOUND"
    message = "This key is gone already."


class PollNotFound(NotFound):
    code = "POLL_NOT_FOUND"
    message = "There is no such poll in this session."


class MethodNotAllowed(ConveneError):
    status = 405
    code = "METHOD_NOT_ALLOWED"
    message = "This address does not know that method. See /docs."


# 408: it did not come in time


class RequestTimeout(ConveneError):
    status = 408
    code = "REQUEST_TIMEOUT"
    message = "The request took too long to arrive. Send it again."


# 409: it collides with what is already so


class Conflict(ConveneError):
    status = 409
    code = "CONFLICT"
    message = "Somebody else was faster. Look again and try once more."


class InvalidTransition(Conflict):
    code = "INVALID_TRANSITION"
    message = "The session's state does not allow that."


class SessionChanged(Conflict):
    code = "SESSION_CHANGED"
    message = "Somebody else has changed this session meanwhile. Look at it again, then save."


class AlreadyDecided(Conflict):
    code = "ALREADY_DECIDED"
    message = "Somebody else has already decided about this person."


class AccountExists(Conflict):
    code = "ACCOUNT_EXISTS"
    message = "There is already an account with this e-mail or username."


class TenantExists(Conflict):
    code = "TENANT_EXISTS"
    message = "There is already an organisation with this short name. Choose another one."


class RoleExists(Conflict):
    code = "ROLE_EXISTS"
    message = "There is already a role with this key. Choose another key."


class RoleInUse(Conflict):
    code = "ROLE_IN_USE"
    message = "Somebody still has this role. Take it from them first."


class OwnsSessions(Conflict):
    """`details.sessions` lists what the account owns, `details.total` counts it."""

    code = "OWNS_SESSIONS"
    message = "This account owns sessions. Say who takes them over, or that they are archived."


class RecordingExists(Conflict):
    code = "RECORDING_EXISTS"
    message = "A recording is already running in this session."


class RecordingStateConflict(Conflict):
    code = "RECORDING_STATE"
    message = "The recording's state does not allow that."


class IdempotencyKeyReused(Conflict):
    code = "IDEMPOTENCY_KEY_REUSED"
    message = "This Idempotency-Key was used for a different request. Use a new one."


class PayloadTooLarge(ConveneError):
    status = 413
    code = "PAYLOAD_TOO_LARGE"
    message = "That is too much at once."


class UnsupportedMediaType(ConveneError):
    status = 415
    code = "UNSUPPORTED_MEDIA_TYPE"
    message = "Send JSON with Content-Type: application/json."


# 422: well formed, but a rule of the domain says no


class RuleViolated(ConveneError):
    status = 422
    code = "UNPROCESSABLE"
    message = "A rule of this session does not allow that."


class SessionNotLive(RuleViolated):
    code = "SESSION_NOT_LIVE"
    message = "The session is not running."


class SessionOver(RuleViolated):
    code = "SESSION_OVER"
    message = "This session is over."


class SessionNotOpen(RuleViolated):
    code = "SESSION_NOT_OPEN"
    message = "This session is not open yet."


class SessionPaused(RuleViolated):
    code = "SESSION_PAUSED"
    message = "The session is paused. Wait until a host resumes it."


class SessionLocked(RuleViolated):
    code = "SESSION_LOCKED"
    message = "A host has locked this session. Nobody else can come in."


class SessionFull(RuleViolated):
    code = "SESSION_FULL"
    message = "Every seat in this session is taken."


class WaitingRoomFull(RuleViolated):
    code = "WAITING_ROOM_FULL"
    message = "Too many people are waiting already. Try again in a while."


class CapabilityOff(RuleViolated):
    code = "CAPABILITY_OFF"
    message = "This session does not offer that."


class LinkNotValid(RuleViolated):
    code = "LINK_NOT_VALID"
    message = "This link was used already or has expired. Ask for a new one."


class MailNotConfigured(RuleViolated):
    code = "MAIL_NOT_CONFIGURED"
    message = "This site does not send mail. Ask whoever runs it."


class PollIsClosed(RuleViolated):
    code = "POLL_CLOSED"
    message = "This poll is closed."


class TooManyPolls(RuleViolated):
    code = "TOO_MANY_POLLS"
    message = "This session has as many polls as it can hold."


class LastHost(RuleViolated):
    code = "LAST_HOST"
    message = "A session needs a host. Make somebody else host first."


class LastWayIn(RuleViolated):
    code = "LAST_WAY_IN"
    message = "Nothing else signs in to this account. Set a password first."


class AccountInactive(RuleViolated):
    code = "ACCOUNT_INACTIVE"
    message = "This account is locked out. Let it in again first."


class LastAdministrator(RuleViolated):
    code = "LAST_ADMINISTRATOR"
    message = "Nobody else could look after the roles. Give somebody else this role first."


class SystemRoleIsFixed(RuleViolated):
    code = "SYSTEM_ROLE_IS_FIXED"
    message = "This role comes with the system and stays as it is. Make a role of your own instead."


class EditWindowClosed(RuleViolated):
    code = "EDIT_WINDOW_CLOSED"
    message = "This message is too old to be edited."


class PictureNotReadable(RuleViolated):
    code = "PICTURE_NOT_READABLE"
    message = "This is no picture that can be used. Take a JPEG, PNG, WebP or GIF."


# 429 and 503: not now


class RateLimited(ConveneError):
    """Too many at once. `details.retry_after_s` says when to try again, `details.per_hour` how many an hour has."""

    status = 429
    code = "RATE_LIMITED"
    message = "That was too fast. Wait a moment and try again."

    def __init__(
        self, retry_after_s: float, message: str | None = None, *, per_hour: int | None = None
    ) -> None:
        hourly = {} if per_hour is None else {"per_hour": per_hour}
        super().__init__(message, retry_after_s=round(retry_after_s, 3), **hourly)


class Unavailable(ConveneError):
    """A part we need is away for a moment; nothing was done. Safe to try again after `details.retry_after_s`."""

    status = 503
    code = "UNAVAILABLE"
    message = "The server cannot do that right now. Nothing was changed; try again in a moment."

    def __init__(self, message: str | None = None, retry_after_s: float = 1.0) -> None:
        super().__init__(message, retry_after_s=retry_after_s)


class ProviderUnavailable(Unavailable):
    code = "PROVIDER_UNAVAILABLE"
    message = "The site that you want to sign in at does not answer. Try again in a moment."
