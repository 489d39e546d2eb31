"""The command that opens an assembly in the browser."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Annotated

import typer

NEEDED = ("starlette", "uvicorn", "python_multipart", "segno")


def app(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of the assembly.")
    ] = Path(),
    *,
    port: Annotated[
        int,
        typer.Option(metavar="N", min=0, max=65535, help="Where to listen. Default: any free one."),
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address and open no browser.")
    ] = False,
) -> None:
    """Open an assembly in the browser: the same steps with the same files, and no terminal.

    One folder is one assembly; what is written there is what the commands write. The pages are
    served to this machine alone, and nothing leaves it. Ctrl-C ends it.
    """
    from sortition.cli.show.terminal import said
    from sortition.errors import Finding, InputErrors

    with said():
        missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            raise InputErrors((Finding(code="app-not-installed", value=", ".join(missing)),))
        if folder.exists() and not folder.is_dir():
            raise InputErrors((Finding(code="output-is-a-file", file=str(folder)),))
        from sortition.app.serve import serve

        try:
            serve(folder, port=port, browse=not no_browser, say=typer.echo)
        except OSError:
            raise InputErrors((Finding(code="app-port-taken", value=str(port)),)) from None
