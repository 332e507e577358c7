"""Identifiers: UUIDv7 for rows (they sort by time), random secrets for tokens, codes people can read aloud."""

import hashlib
import secrets
from uuid import UUID

import uuid_utils.compat

CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits without look-alikes: no I, L, O, 0, 1."""

CODE_LENGTH = 6


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return uuid_utils.compat.uuid7()


def new_epoch() -> str:
    """A random name for one unbroken life of a log: 12 hexadecimal digits."""
    return secrets.token_hex(6)


def new_secret() -> str:
    """256 random bits, URL-safe: a refresh or invitation token."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is stored in place of a secret: its SHA-256. Enough for 256 random bits; passwords use argon2."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """A random session code, for example `K7MPQ2`. Unique only once the database has taken it."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def normalise_code(typed: str) -> str:
    """A code as people type it (lower case, with spaces or dashes), as it is stored."""
    return "".join(ch for ch in typed.upper() if ch.isalnum())
