"""The templates of the reading room, filled; those of ``render`` are at hand under their own names."""

import hashlib
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
    environment.globals.update(static=address, has_static=lambda name: static(name) is not None, told_when=told_when)
    return environment


def prepare() -> None:
    """Make every template ready now, which takes some tenths of a second, and not while the first reader waits."""
    environment = _environment()
    for name in environment.list_templates(extensions=("j2",)):
        environment.get_template(name)


@cache
def static(name: str) -> tuple[bytes, str] | None:
    """A style sheet or script and its media type; ``None`` where there is none of that name."""
    kind = _TYPES.get(name.rpartition(".")[2])
    if kind is None or "/" in name:
        return None
    for package in ("variorum.web", "variorum.render"):
        file = files(package) / "static" / name
        if file.is_file():
            return file.read_bytes(), kind
    return None


@cache
def address(name: str) -> str:
    """Where a page finds a style sheet or script: its digest is in the address, so that it may be kept for ever."""
    found = static(name)
    if found is None:
        raise LookupError(f"there is no static file {name}")
    return f"/static/{name}?{hashlib.sha256(found[0]).hexdigest()[:12]}"
