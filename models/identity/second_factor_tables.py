"""A second factor beside the password."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlmodel import Field, col

from models.identity.tables import User
from models.tables import Row


class SecondFactor(Row, table=True):
    """Somebody's authenticator. Counts once it is confirmed; `last_step` is the last time step a code was taken for."""

    __tablename__ = "second_factors"

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", unique=True)
    secret: str = Field(max_length=255)
    confirmed_at: datetime | None = None
    last_step: int = 0


HAS_FACTOR: ColumnElement[bool] = exists().where(
    col(SecondFactor.user_id) == col(User.id), col(SecondFactor.confirmed_at).is_not(None)
)
"""A column beside those of `User`: whether they sign in with one."""


class RecoveryCode(Row, table=True):
    """A code that signs in once where the authenticator is lost. Used, it is gone."""

    __tablename__ = "recovery_codes"

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    code_hash: str = Field(max_length=64)
