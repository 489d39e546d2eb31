"""A page as PDF, by a browser that is there; else how to print it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from sortition.errors import Finding, InputErrors

CALLED = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "chrome", "msedge"),
)
PROGRAMS = ("PROGRAMFILES", "PROGRAMFILES(X86)")  # where Windows has them, which no PATH names
ON_WINDOWS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")
ON_MACS = tuple(
    Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
    for name in ("Google Chrome", "Chromium", "Microsoft Edge")
)
PATIENCE = 120  # seconds


@contextmanager
def on_paper(
    pdf: Path | None, page: Path | None, *, overwrite: bool, quiet: bool
) -> Iterator[None]:
    """Print the page that a command writes, once it is written, if a PDF was asked for.

    Parameters
    ----------
    pdf, page : Path or None
        The file that was asked for, and the page; None: there is none.
    overwrite, quiet : bool

    Raises
    ------
    InputErrors
        Before anything is done, if there is no page, or the file cannot be written.
    """
    if pdf is None:
        yield
        return
    from sortition.tables.written.results import destination_faults

    faults = destination_faults(pdf.parent, overwrite, names=(pdf.name,))
    if page is None:
        faults = [Finding(code="usage-pdf", value="--pdf"), *faults]
    elif pdf.suffix.casefold() != ".pdf":
        faults = [Finding(code="pdf-name", file=str(pdf)), *faults]
    if page is None or faults:
        raise InputErrors(tuple(faults))
    try:
        yield
    except typer.Exit:  # the answer is no, and the page says why
        _print(page, pdf, overwrite=overwrite, quiet=quiet)
        raise
    _print(page, pdf, overwrite=overwrite, quiet=quiet)


def _print(page: Path, pdf: Path, *, overwrite: bool, quiet: bool) -> None:
    from sortition.cli.show.spoken import say
    from sortition.cli.show.terminal import complain
    from sortition.tables.written.results import write_files
    from sortition.texts.speech import speak

    content = printed(page)
    if content is None:
        complain(speak(Finding(code="pdf-by-hand", file=str(page))))
        return
    write_files(pdf.parent, {pdf.name: content}, overwrite=overwrite)
    if not quiet:
        typer.echo(say("written.to", target=pdf))


def printed(page: Path) -> bytes | None:
    """The page as PDF on A4; None if there is no browser that prints it."""
    browser = _browser()
    if browser is None:
        return None
    with TemporaryDirectory() as folder:
        target = Path(folder) / "page.pdf"
        call = [
            str(browser),
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            # it refuses to run for the superuser otherwise; the page has no script
            *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
            page.resolve().as_uri(),
        ]
        quiet = subprocess.DEVNULL
        try:
            subprocess.run(  # noqa: S603 - a browser of this machine, and our own page
                call, stdin=quiet, stdout=quiet, stderr=quiet, timeout=PATIENCE, check=False
            )
            return target.read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            return None


def _browser() -> Path | None:
    found = (shutil.which(name) for name in CALLED)
    by_name = next((Path(path) for path in found if path), None)
    if by_name is not None:
        return by_name
    homes = (os.environ.get(name) for name in PROGRAMS)
    places = (Path(home, program) for home in homes if home for program in ON_WINDOWS)
    return next((place for place in (*places, *ON_MACS) if place.is_file()), None)
