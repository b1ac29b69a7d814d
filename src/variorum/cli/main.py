"""``variorum``: the commands, and what becomes of an error."""

import sys
from collections.abc import Callable
from importlib import import_module

import click

from variorum import __version__
from variorum.config import Serving
from variorum.errors import UsageError, VariorumError

_COMMANDS = {
    "read": "variorum.cli.read",
    "compare": "variorum.cli.compare",
    "quotes": "variorum.cli.quotes",
    "descent": "variorum.cli.descent",
    "verify": "variorum.cli.verify",
    "add": "variorum.cli.add",
    "watch": "variorum.cli.watch",
    "stories": "variorum.cli.stories",
    "search": "variorum.cli.search",
    "edition": "variorum.cli.edition",
    "revisions": "variorum.cli.revisions",
    "check": "variorum.cli.check",
    "export": "variorum.cli.transfer:export",
    "import": "variorum.cli.transfer:bring",
    "serve": "variorum.cli.serve",
    "batch": "variorum.cli.batch",
}


class _Commands(click.Group):
    """Loads a command when it is asked for, so that help comes at once."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        module, _, name = module.partition(":")
        command: click.Command = getattr(import_module(module), name or "command")
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="variorum")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def variorum(context: click.Context, debug: bool) -> None:
    """Critical editions of the news.

    Reads several outlets' reports of one event and shows what happened according to whom, in whose
    words, on how many independent voices it rests, where the reports differ and what each leaves out.
    """
    context.ensure_object(dict)["debug"] = debug


def main(arguments: list[str] | None = None, *, serve: Callable[[Serving], None] | None = None) -> None:
    """Run the command line. Exits 0 when all went well, 2 for bad usage, 1 for any other failure.

    serve: opens the reading room, which the command line knows nothing else of.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        status = variorum.main(args=arguments, prog_name="variorum", standalone_mode=False, obj={"serve": serve})
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("variorum: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away; there is nobody to tell
        sys.exit(1)
    except UnicodeEncodeError:
        if "--debug" in arguments:
            raise
        click.echo("variorum: an argument holds bytes that are no text", err=True)
        sys.exit(2)
    except (VariorumError, OSError) as error:
        if "--debug" in arguments:
            raise
        click.echo(f"variorum: {error}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    if isinstance(status, int) and status:
        sys.exit(status)
