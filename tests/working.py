"""Work for a process apart, as tests want it: what it is given to do is a word."""

import os
import sys
import time
from collections.abc import Callable

from variorum.errors import ArchiveError
from variorum.web.apart import Apart, Dropped


class Works:
    """Does what a piece says."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, piece: str, say: Callable[[str], None], is_dropped: Callable[[], bool], /) -> str:
        say(f"begun {piece}")
        if piece == "die":
            os._exit(7)
        if piece == "be refused":
            raise ArchiveError("the archive is away")
        if piece == "go wrong":
            raise ZeroDivisionError("secret/path/of/ours")
        while piece == "last":
            if is_dropped():
                raise Dropped
            time.sleep(0.01)
        return f"{self._name}: {piece}, {os.getpid()}"


def refused(name: str) -> Works:
    raise ArchiveError(f"{name} cannot be opened")


def main() -> None:
    """Starts a process that works for ever, and says which, for a test that kills this one."""
    apart = Apart("tested", Works, "it", ending_seconds=1)
    apart.run("last", lambda _said: print(apart.pid, flush=True))


if __name__ == "__main__":
    sys.exit(main())
