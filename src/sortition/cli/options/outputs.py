"""Options in groups: what becomes of a page that a command writes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sortition.cli.options.shared import Overwrite, PdfFile, Quiet
from sortition.cli.project import ProjectFile


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """Whether the page is printed too, takes the place of another, and is told of."""

    pdf: PdfFile = None
    overwrite: Overwrite = False
    quiet: Quiet = False
    _project: ProjectFile = None

    def printed(self, page: Path | None, *, quiet: bool = False) -> AbstractContextManager[None]:
        """Print the page, once it is written; see `sortition.cli.around.paper.on_paper`."""
        from sortition.cli.around.paper import on_paper

        return on_paper(self.pdf, page, overwrite=self.overwrite, quiet=self.quiet or quiet)
