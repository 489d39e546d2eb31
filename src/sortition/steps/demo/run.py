"""The demo: the sample data in a folder of its own, and a panel drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from sortition.audit.shapes.run import MANIFEST, OUTPUTS, ROSTER
from sortition.core.progress import Progress
from sortition.instance.inputs import Inputs
from sortition.model import Language
from sortition.selection.preparation import Rules
from sortition.steps.select import Selected, SelectOptions, select_panel
from sortition.tables.written.results import check_files, write_files

SAMPLES, SELECTION = "samples", "selection"  # the two folders in that of the demo
SEED = "drawn in public 2026-11-21"
PANEL_SIZE = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOptions:
    """What a demo was asked to be.

    Attributes
    ----------
    out : Path
        The folder for the samples and the selection.
    language : {"en", "da"}
        Of the report.
    overwrite : bool
        Whether the files of a former demo may be replaced.
    """

    out: Path
    language: Language
    overwrite: bool


def run_demo(options: DemoOptions, progress: Progress) -> tuple[SelectOptions, Selected]:
    """Copy the samples and select a panel from the copy.

    Returns
    -------
    tuple of Options and Run
        What the selection was asked to do, and what it did.

    Raises
    ------
    InputErrors
        With every fault of the destination; nothing is written.
    """
    files = sorted(_samples().iterdir(), key=lambda file: file.name)
    samples = {
        f"{SAMPLES}/{file.name}": content
        for file in files
        # those that a demo left which was broken off are as good
        if (content := file.read_bytes()) != _there(options.out / SAMPLES / file.name)
    }
    results = [f"{SELECTION}/{name}" for name in (*OUTPUTS, MANIFEST, ROSTER)]
    check_files(options.out, options.overwrite, names=(*samples, *results))
    write_files(options.out, samples, overwrite=options.overwrite)
    selecting = _selecting(options)
    return selecting, select_panel(selecting, progress)


def _there(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _samples() -> Traversable:
    """The folder of the samples: in the package, or beside it in a checkout."""
    packaged = resources.files("sortition").joinpath("samples")
    return packaged if packaged.is_dir() else Path(__file__).parents[4] / "data" / "samples"


def _selecting(options: DemoOptions) -> SelectOptions:
    folder = options.out / SAMPLES
    return SelectOptions(
        inputs=Inputs(
            pool=folder / "pool.csv",
            quotas=folder / "quotas.csv",
            panel_size=PANEL_SIZE,
            household_columns=["adresse", "postnummer"],
        ),
        seed=SEED,
        rules=Rules(),
        rates=None,
        language=options.language,
        out=options.out / SELECTION,
        overwrite=options.overwrite,
    )
