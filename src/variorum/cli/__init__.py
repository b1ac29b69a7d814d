"""The command line: each command parses, calls one function and prints."""

from variorum.cli.main import main

__all__ = ["main"]
