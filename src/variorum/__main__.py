"""``variorum``, also as ``python -m variorum``: the only place that knows the command line and the reading room."""

from variorum import cli
from variorum.config import Serving


def serve(serving: Serving) -> None:
    """Open the reading room, which is loaded only when it is asked for."""
    from variorum.web.serve import serve as opened

    opened(serving)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    cli.main(arguments, serve=serve)


if __name__ == "__main__":
    main()
