"""OpenAPI 3.1, from the table of endpoints and the payloads."""

from typing import Any


def openapi_document() -> dict[str, Any]:
    """The whole REST door as one document."""
    return {"openapi": "3.1.0", "info": {"title": "Convene", "version": "1"}, "paths": {}}
