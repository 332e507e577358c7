"""The tenant that a site begins with may ask for more than the seed's thousand: a class of browsers needs it."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
FIRST = "main"
LIMITS = {"requests_per_hour": 100_000}


def upgrade() -> None:
    _change({}, LIMITS)


def downgrade() -> None:
    _change(LIMITS, {})


def _change(before: dict[str, int], after: dict[str, int]) -> None:
    tenants = sa.table(
        "tenants", sa.column("id", sa.Uuid()), sa.column("slug", sa.String()), sa.column("limits", JSON)
    )
    found = op.get_bind().execute(sa.select(tenants.c.id, tenants.c.limits).where(tenants.c.slug == FIRST))
    for row in found.all():
        limits = json.loads(row.limits) if isinstance(row.limits, str) else row.limits
        if limits == before:
            op.execute(tenants.update().where(tenants.c.id == row.id).values(limits=after))
