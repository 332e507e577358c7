"""Signs of life of workers while one of them cannot reach Redis."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class WorkerBeat(SQLModel, table=True):
    """A worker that lives. `is_cut_off`: it cannot say so in Redis, and nobody knows whom it holds."""

    __tablename__ = "worker_beats"

    worker_id: str = Field(max_length=32, primary_key=True)
    is_cut_off: bool
    beaten_at: datetime = Field(index=True)
