"""The command line: parse, call one use case, print, exit."""

from sortition.cli.main import main

__all__ = ["main"]
