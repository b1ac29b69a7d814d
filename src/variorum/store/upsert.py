"""Inserts that mind a row that is there already, in either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Insert
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection, table: Any, values: Mapping[str, Any], keys: Sequence[str], renewed: Sequence[str] = ()
) -> Insert:
    """An insert that leaves a row with the same keys as it is, but for the columns ``renewed``."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(table).values(**values)
    if not renewed:
        return statement.on_conflict_do_nothing(index_elements=list(keys))
    return statement.on_conflict_do_update(index_elements=list(keys), set_={name: values[name] for name in renewed})
