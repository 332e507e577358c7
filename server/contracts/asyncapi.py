"""AsyncAPI 3.0, from the tables of commands, events and signals."""

from typing import Any


def asyncapi_document() -> dict[str, Any]:
    """The whole socket door as one document."""
    return {"asyncapi": "3.0.0", "info": {"title": "Convene", "version": "1"}}
