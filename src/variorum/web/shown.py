"""What a page answers with: one thing, shown to a reader as HTML and to a program as JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer. template, values: what the page is filled from. data: the same as plain values, for ``.json``.

    status: of HTTP; 202 where the answer is being made. key: what the page was made of, so that it can be kept and
    need not be sent again; empty where it tells of the moment. refresh: seconds after which a browser without
    scripts asks again.
    """

    template: str
    values: Mapping[str, object]
    data: Callable[[], object]
    status: int = 200
    key: str = ""
    refresh: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
