"""Signs of life of workers that cannot reach Redis."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class WorkerBeat(SQLModel, table=True):
    """A worker that lives but cannot say so in Redis. Nobody may be taken for gone whom it may hold."""

    __tablename__ = "worker_beats"

    worker_id: str = Field(max_length=32, primary_key=True)
    beaten_at: datetime = Field(index=True)
