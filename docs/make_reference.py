"""Make the pages of the docs that code can make, and the JSON Schema.

    python docs/make_reference.py            write what has changed
    python docs/make_reference.py --check    write nothing; end with 1 where a file is not what it should be

Written: ``docs/data-dictionary.md`` from the records and the tables, ``docs/cli.md`` from every command's ``--help``,
``src/variorum/render/edition-1.schema.json`` from the records.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from datetime import datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click
import pyarrow as pa
from click.testing import CliRunner

from variorum.cli.main import variorum
from variorum.records import FORMAT, Edition, Editions, Span
from variorum.records.formed import fields_of
from variorum.records.manifest import MANIFEST_FORMAT, Made, Manifest, Run, Stage, Strict, Taken, Timed, Written
from variorum.records.plain import spans_as_objects
from variorum.records.table import Table
from variorum.records.tables import TABLES
from variorum.render.schema import drawn, meanings, summary, summary_of_span

ROOT = Path(__file__).resolve().parent.parent
_HELP_COLUMNS = 96
_PLAIN: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    datetime: "time, ISO 8601 UTC",
    Span: "[span](#span)",
    Any: "any value",
}
_DICTIONARY_HEAD = f"""# Data dictionary

*Made from the records by `python docs/make_reference.py`; edit the docstrings, not this page.*

What `variorum read PATHS… --json FILE` writes: the format `{FORMAT}`. The same as a JSON Schema, for
programs: [`edition-1.schema.json`](../src/variorum/render/edition-1.schema.json). What the words mean:
[words](words.md).

Every key is always there; a value may be null only where the type says so. Every offset is a 0-based,
end-exclusive count of Unicode code points in the `text` of the article named beside it. Whatever stands
between quotation marks in these tables is a value as written.

## What the seal covers

The `id` of an edition's story ends in a seal, a digest over the whole edition with the seal itself left
out. One letter, one number or one offset changed anywhere in an edition breaks it, and `variorum verify`
says so. Order of keys, white space and whether a number is spelled 1 or 1.0 do not count.

The seal is no signature: who changes an edition on purpose can compute it again. Against that stand the
other checks of `verify`: every text is held against the place it is cited from, every article's `id`
against its outlet and text, and `sha256` against the files, when they are at hand.

`alone` and `refused` stand outside the editions, and no seal covers them. Of an id in `alone`, `verify`
checks the form, that it stands once, and that no edition holds the article; of a row in `refused`, the
file's first bytes, when the file is at hand. From Python, `variorum.edition.verify.verify(raw,
reread=variorum.ingest.read(folders))` also holds both against a fresh reading.
"""
_TABLES_HEAD = """## Tables of a batch

What `variorum batch` writes beside its manifest: a folder of Parquet files a table, and in it a folder a day
(`claims/date=2025-03-18/`), so that a question about one week reads one week. The column `date` stands in the names of
the folders and not in the files; some readers make a date of it, some a text. A story's rows lie under the story's day,
a report's under its own, and the two may differ.

`story` and the ids of reports join the tables; ids of claims, utterances and conflicts are unique in their story.
`stories.edition` is the `id` of the edition as JSON. All times are UTC. Offsets are counts of Unicode code points, the
end left out, into the `text` of the report named beside them. What a value means:
[words](words.md#values-as-they-are-written).
"""
_MANIFEST_HEAD = f"""## Manifest of a batch

What `variorum batch` writes last, as `manifest.json`: the format `{MANIFEST_FORMAT}`. But for `run`, it is the same
for the same inputs on every engine.
"""
_ARROW = {"string": "text", "int32": "whole number", "double": "number", "bool": "true or false"}
_CLI_HEAD = """# Command line

*Made from every command's `--help` by `python docs/make_reference.py`; edit the commands, not this page.*
"""


def data_dictionary() -> str:
    """The page of every record the format writes, in the order in which they are met."""
    pages = [_DICTIONARY_HEAD, *(_table(kind) for kind in _records(Editions, [])), _span_section()]
    tables = [_TABLES_HEAD, *(_arrow_table(table) for table in TABLES.values())]
    manifest = [_MANIFEST_HEAD, *(_object(kind) for kind in (Manifest, Taken, Written, Made, Stage, Run, Timed))]
    return "\n".join([*pages, *tables, *manifest])


def exported_names() -> frozenset[str]:
    """The names of the records the format writes."""
    return frozenset(kind.__name__ for kind in _records(Editions, []))


def _records(kind: type, seen: list[type]) -> Iterator[type]:
    if kind in seen:
        return
    seen.append(kind)
    yield kind
    for hint in fields_of(kind).values():
        for inner in _inside(hint):
            yield from _records(inner, seen)


def _inside(hint: Any) -> list[type]:
    found = [part for inner in get_args(hint) for part in _inside(inner)] if get_origin(hint) is not Literal else []
    return [hint, *found] if is_dataclass(hint) and isinstance(hint, type) else found


def _table(kind: type) -> str:
    lines = [f"## {_title(kind)}", "", _markdown(summary(kind)), "", "| key | type | meaning |", "|---|---|---|"]
    if kind is Editions:
        lines.append(f'| `format` | "{FORMAT}" | The format and its number. |')
    told = meanings(kind)
    for name, hint in fields_of(kind).items():
        shape = "list of {start, end}" if spans_as_objects(kind, name) else _type(hint)
        lines.append(f"| `{name}` | {shape} | {_markdown(told[name])} |")
    return "\n".join([*lines, ""])


def _arrow_table(table: Table) -> str:
    lines = [f"### `{table.name}`", "", table.says, "", "| column | type | meaning |", "|---|---|---|"]
    for column in table.columns:
        shape = _arrow(column.type) + (" or null" if column.nullable else "")
        lines.append(f"| `{column.name}` | {shape} | {_markdown(column.says)} |")
    return "\n".join([*lines, ""])


def _arrow(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "list of " + _arrow(kind.value_type)
    if pa.types.is_struct(kind):
        return "{" + ", ".join(_arrow_field(kind.field(at)) for at in range(kind.num_fields)) + "}"
    return "time" if pa.types.is_timestamp(kind) else _ARROW[str(kind)]


def _arrow_field(field: pa.Field) -> str:
    return f"{field.name}: {_arrow(field.type)}" if pa.types.is_nested(field.type) else str(field.name)


def _object(kind: type) -> str:
    lines = [f"### {kind.__name__}", "", _markdown(summary(kind)), "", "| key | type | meaning |", "|---|---|---|"]
    if kind is Manifest:
        lines.append(f'| `format` | "{MANIFEST_FORMAT}" | The format and its number. |')
    told = meanings(kind)
    lines += [f"| `{name}` | {_type(hint)} | {_markdown(told[name])} |" for name, hint in get_type_hints(kind).items()]
    return "\n".join([*lines, ""])


def _title(kind: type) -> str:
    if kind is Editions:
        return "The file"
    return "One edition" if kind is Edition else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()


def _type(hint: Any) -> str:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _type(next(part for part in get_args(hint) if part is not NoneType)) + " or null"
    if origin is tuple:
        return "list of " + _type(get_args(hint)[0])
    if origin is Literal:
        return ", ".join(f'"{value}"' for value in get_args(hint))
    if origin is dict:
        return f"object of {_type(get_args(hint)[1])} by name"
    if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Strict)):
        title = _title(hint)
        return f"[{title.lower()}](#{title.lower().replace(' ', '-')})"
    return _PLAIN[hint]


def _span_section() -> str:
    return f"## Span\n\n{_markdown(summary_of_span())}\nWritten as the pair `[start, end]`.\n"


def _markdown(told: str) -> str:
    return told.replace("``None``", "null").replace("``", "`").replace("|", "\\|")


def cli_reference() -> str:
    """The page of every command's help, the program first, then its commands by name."""
    pages = (f"## `{' '.join(words)}`\n\n```\n{_help(words)}\n```\n" for words in _commands(variorum, ("variorum",)))
    return "\n".join((_CLI_HEAD, *pages))


def _commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=" ".join(words))
        for name in sorted(command.list_commands(context)):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _commands(inner, (*words, name))


def _help(words: tuple[str, ...]) -> str:
    answer = CliRunner().invoke(
        variorum, [*words[1:], "--help"], prog_name=words[0], terminal_width=_HELP_COLUMNS, color=False
    )
    if answer.exit_code:
        raise SystemExit(f"{' '.join(words)} --help ends with {answer.exit_code}: {answer.output}")
    return "\n".join(line.rstrip() for line in answer.output.strip().splitlines())


def schema_text() -> str:
    """The JSON Schema, as the file in the package has it."""
    return json.dumps(drawn(), ensure_ascii=False, indent=2) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/data-dictionary.md": data_dictionary,
    "docs/cli.md": cli_reference,
    "src/variorum/render/edition-1.schema.json": schema_text,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` only compare them. Returns the exit status."""
    stale = []
    for name, make in PAGES.items():
        path, wanted = ROOT / name, make()
        if not path.exists() or path.read_text("utf-8") != wanted:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(wanted, "utf-8")
    for name in stale:
        print(f"{name} is not what the code makes of it" if "--check" in arguments else f"{name} written")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
