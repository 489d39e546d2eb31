"""Everything out: lists, reports and the public part, one by one or in one archive."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from starlette.responses import Response

from sortition.app.asking import Asked, Problems
from sortition.app.assembly import CHECKED, INTAKE, INVITATIONS, LOTTERY, PLAN, Assembly
from sortition.app.views.files import download
from sortition.audit.shapes.bundle import SHEET, VERIFIER
from sortition.folders.settling import steadily
from sortition.steps.publish.pack import pack_parts

RESULTS = {
    "plan": f"{PLAN}/plan.html",
    "invited": f"{INVITATIONS}/report.html",
    "letters": f"{INVITATIONS}/letters.csv",
    "intake": f"{INTAKE}/intake.html",
    "contacts": f"{INTAKE}/contacts.xlsx",
    "check": f"{CHECKED}/check.html",
    "sheet": f"{LOTTERY}/{SHEET}",
    "verify": f"{LOTTERY}/{VERIFIER}",
    "report": f"{LOTTERY}/report.html",
    "panel_xlsx": f"{LOTTERY}/panel.xlsx",
    "panel_csv": f"{LOTTERY}/panel.csv",
    "others": f"{LOTTERY}/not_selected.csv",
    "alternates": f"{LOTTERY}/alternates.xlsx",
    "seating": f"{LOTTERY}/seating/seating.xlsx",
    "cards": f"{LOTTERY}/seating/name_cards.html",
    "evaluation": f"{LOTTERY}/evaluation/evaluation.html",
}


def show(asked: Asked, problems: Problems) -> Response:
    """What there is by now."""
    folder = asked.assembly.folder
    rounds = _rounds(asked.assembly)
    now = {f"panel_{kind}": f"{rounds[-1]}/panel.{kind}" for kind in ("xlsx", "csv") if rounds}
    there = {n: place for n, place in {**RESULTS, **now}.items() if (folder / place).is_file()}
    return asked.page(
        "out.html",
        problems=problems,
        there=there,
        rounds=rounds,
        published=asked.assembly.published,
    )


def _rounds(assembly: Assembly) -> list[str]:
    """The folders of the rounds of replacements that were drawn, which have the panel as it is."""
    found: list[str] = []
    while (assembly.lottery / f"replacement-{len(found) + 1}" / "panel.csv").is_file():
        found.append(f"{LOTTERY}/replacement-{len(found) + 1}")
    return found


def public(asked: Asked) -> Response:
    """The part for everybody, packed as the command packs it."""
    lottery = asked.assembly.lottery
    pack_parts(lottery, lottery, overwrite=True)
    return download((lottery / "public.zip").read_bytes(), "public.zip")


def everything(asked: Asked) -> Response:
    """The whole folder in one archive, personal data and all."""
    folder = asked.assembly.folder
    return download(steadily(folder, lambda: _packed(folder)), "assembly.zip")


def _packed(folder: Path) -> bytes:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in place.parts)
            if path.is_file() and not path.is_symlink() and not hidden:
                file.write(path, place.as_posix())
    return archive.getvalue()
