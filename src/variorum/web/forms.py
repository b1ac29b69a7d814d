"""What a form sends, read as every page of ours has it sent: in UTF-8."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

_ENCODINGS = (b"utf-8", b"utf8")


@asynccontextmanager
async def form(request: Request, *, files: int, fields: int, part_bytes: int = 1024 * 1024) -> AsyncIterator[FormData]:
    """The form a request sends, its files closed afterwards. files, fields: how many there may be; part_bytes: of one.

    Raises HTTPException 415 where it says that it is in another encoding, 400 where it is no form or there is too much
    of it.
    """
    # The parser would decode with whatever codec of Python is named, and some of them give no text at all.
    _, options = parse_options_header(request.headers.get("content-type", ""))
    if options.get(b"charset", b"utf-8").lower() not in _ENCODINGS:
        raise HTTPException(415, "A form is taken in UTF-8 only.")
    async with request.form(max_files=files, max_fields=fields, max_part_size=part_bytes) as sent:
        yield sent
