"""The templates of the reading room, filled; those of ``render`` are at hand under their own names."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader

from variorum.render import html
from variorum.render.wording import told_when

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def page(template: str, **values: object) -> str:
    """A page as HTML. Everything that is not marked as markup is escaped."""
    return html.without_unprintable(_environment().get_template(template).render(**values))


@cache
def _environment() -> Environment:
    environment = html.environment().overlay(
        loader=ChoiceLoader([PackageLoader("variorum.web"), PackageLoader("variorum.render")])
    )
    environment.globals.update(static=address, told_when=told_when)
    return environment


def prepare() -> None:
    """Make every template ready now, which takes some tenths of a second, and not while the first reader waits."""
    environment = _environment()
    for name in environment.list_templates(extensions=("j2",)):
        environment.get_template(name)


def static(name: str) -> tuple[bytes, str] | None:
    """A style sheet or script and its media type; ``None`` where there is none of that name."""
    return _statics().get(name)


@cache
def _statics() -> Mapping[str, tuple[bytes, str]]:
    """All there are, by name: nothing a visitor asks for is looked up on the disk, or remembered."""
    return {
        file.name: (file.read_bytes(), _TYPES[kind])
        for package in ("variorum.render", "variorum.web")  # of one name, the room's own
        for file in (files(package) / "static").iterdir()
        if (kind := file.name.rpartition(".")[2]) in _TYPES
    }


@cache
def address(name: str) -> str:
    """Where a page finds a style sheet or script: its digest is in the address, so that it may be kept for ever."""
    found = static(name)
    if found is None:
        raise LookupError(f"there is no static file {name}")
    return f"/static/{name}?{hashlib.sha256(found[0]).hexdigest()[:12]}"
