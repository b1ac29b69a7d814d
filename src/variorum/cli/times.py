"""A day named on the command line."""

from datetime import UTC, datetime

import click


def since(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A date or a time as archives write it; one with no zone is UTC."""
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date such as 2025-03-31") from error
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except OverflowError as error:
        raise click.BadParameter(f"{value!r} is no date the calendar has") from error
