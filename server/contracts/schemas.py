"""JSON schemas of payloads and views, each named once."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

Json = dict[str, Any]
REF = "#/components/schemas/"


class _Schema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> Literal[False]:
        # A title that only repeats the field's name says nothing.
        return False


class Schemas:
    """What comes in (`incoming`) and goes out (`outgoing`), as one set of definitions that refer to each other."""

    def __init__(self, incoming: Iterable[type[BaseModel]], outgoing: Iterable[type[BaseModel]]) -> None:
        wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [
            *((model, "validation") for model in dict.fromkeys(incoming)),
            *((model, "serialization") for model in dict.fromkeys(outgoing)),
        ]
        found, definitions = models_json_schema(
            wanted, ref_template=REF + "{model}", schema_generator=_Schema
        )
        self._refs = {
            (model.__qualname__, model.__module__, mode): ref for (model, mode), ref in found.items()
        }
        self.definitions: Json = dict(sorted(definitions.get("$defs", {}).items()))

    def incoming(self, model: type[BaseModel]) -> Json:
        """A reference to the form in which it comes in."""
        return self._refs[model.__qualname__, model.__module__, "validation"]

    def outgoing(self, model: type[BaseModel]) -> Json:
        """A reference to the form in which it goes out."""
        return self._refs[model.__qualname__, model.__module__, "serialization"]

    def resolve(self, schema: Json) -> Json:
        """The definition a reference leads to, or the schema itself."""
        found: Json = schema
        if "$ref" in schema:
            found = self.definitions[str(schema["$ref"]).removeprefix(REF)]
        return found

    def take(self, ref: Json) -> Json:
        """The definition a reference leads to, which then no longer stands among the others."""
        found: Json = self.definitions.pop(str(ref["$ref"]).removeprefix(REF))
        return found
