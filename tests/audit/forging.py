"""A small run, and forgers who change one thing and hide it as well as they can."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.documents import indented
from sortition.model import below
from tests.cli.running import contents, sortition, write_inputs

Files = dict[str, bytes]

# Two couples who are alike, three who share a house, and one man nobody can take: nobody from the
# moon may sit. Ids as people write them: with zeros, letters of their own and signs of formulas.
POOL = """\
id,gender,age,from,street
001,f,young,here,A
002,m,old,here,A
003,f,young,here,B
004,m,old,here,B
005,f,old,here,C
006,m,young,here,C
007,f,old,here,C
Ærø-8,m,old,here,
=9,f,young,here,
-10,m,young,here,
011,f,old,here,
012,m,old,moon,
013,m,old,here,
"""
QUOTAS = """\
feature,value,min,max
gender,f,2,2
gender,m,2,2
age,young,1,1
age,old,3,3
from,here,4,4
from,moon,0,0
"""
OPTIONS = (
    "--size",
    "4",
    "--household",
    "street",
    "--seed",
    "1",
    "--tickets",
    "1000",
    "--contacts-of-others",
)
LISTS = ("panel.csv", "not_selected.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """The documents of a run, to be changed in place."""

    lottery: Any
    certificate: Any
    report: Any
    manifest: Any


def make_run(folder: Path, *options: str) -> Files:
    """The files of the small run; options that are repeated replace those above."""
    inputs = write_inputs(folder, POOL, QUOTAS)
    outcome = sortition("select", *inputs, *OPTIONS, *options, "--out", "run", cwd=folder)
    assert outcome.code == 0, outcome.stderr
    return contents(folder / "run")


def documents(files: Mapping[str, bytes]) -> Documents:
    return Documents(
        lottery=json.loads(files["lottery.json"]),
        certificate=json.loads(files["certificate.json"]),
        report=json.loads(files["report.json"]),
        manifest=json.loads(files["manifest.json"]),
    )


def forged(files: Files, change: Callable[[Documents], object]) -> Files:
    """The run after a change of its documents, drawn and sealed again.

    The ticket is drawn again and the lists are written again; every digest is made to fit.
    """
    changed = documents(files)
    change(changed)
    drawn = drawn_again(files, changed)
    return sealed({**files, **drawn}, changed)


def sealed(files: Files, changed: Documents) -> Files:
    """The files with these documents, and every digest made to fit."""
    files = dict(files)
    files["lottery.json"] = canonical_json(changed.lottery)
    files["certificate.json"] = canonical_json(changed.certificate)
    new = digest(files["lottery.json"])
    old = json.loads(files["manifest.json"])["lottery_digest"]
    files["report.html"] = files["report.html"].replace(old.encode(), new.encode())
    changed.report["lottery_digest"] = changed.manifest["lottery_digest"] = new
    files["report.json"] = indented(changed.report)
    for name in changed.manifest.get("outputs", ()):
        changed.manifest["outputs"][name] = digest(files[name])
    files["manifest.json"] = indented(changed.manifest)
    return files


def drawn_again(files: Files, changed: Documents) -> Files:
    """The lists of the panel that the seed draws now, which report and manifest state."""
    lottery, manifest, report = changed.lottery, changed.manifest, changed.report
    tickets = [panel["members"] for panel in lottery["panels"] for _ in range(panel["weight"])]
    seal = digest(canonical_json(lottery))
    manifest["ticket"] = below(len(tickets), seed=manifest["seed"], domain=f"draw/{seal}")
    panel = set(tickets[manifest["ticket"]])
    for stated, quota in zip(report["quotas"], lottery["quotas"], strict=False):
        stated["selected"] = len(panel.intersection(quota["members"]))
    lines = [line for name in LISTS for line in files[name].decode().splitlines()[1:]]
    header = files["panel.csv"].decode().splitlines()[0]
    width = header.count(",") + 1
    chosen = sorted((",".join(line.split(",")[:width]) for line in lines), key=_id)
    seated = [line for line in chosen if _id(line) in panel]
    lives_at = {_street(line): _id(line) for line in seated} | {"": ""}
    others = [
        f"{line},{lives_at.get(_street(line), '')}" for line in chosen if _id(line) not in panel
    ]
    return {
        "panel.csv": _csv(header, seated),
        "not_selected.csv": _csv(f"{header},address_taken_by", others),
    }


def _id(line: str) -> str:
    return line.split(",", maxsplit=1)[0].removeprefix("'")


def _street(line: str) -> str:
    return line.rsplit(",", maxsplit=1)[-1]


def _csv(header: str, lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in [header, *lines]).encode()


def write_run(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The folder with these files and no others."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
