"""The databases of these tests."""

from tests.migrations.conftest import empty_database

__all__ = ["empty_database"]
