"""The program finds in every vector what has to be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sortition.audit.verify import examine
from sortition.errors import InputErrors
from tests.browser.bundles import digest
from tests.cli.running import ROOT
from tests.conformance.making import HERE, PAGE, Vector, document
from tests.conformance.vectors import vectors

VECTORS = list(vectors())


def found(folder: Path, vector: Vector) -> set[str]:
    """The codes of all findings; None stands for a claim that could not be checked."""
    for name, content in vector.files.items():
        (folder / name).write_bytes(content)
    archive = folder / "public.zip"
    try:
        return {f.code for f in examine(archive if archive.exists() else folder).findings}
    except InputErrors as errors:
        return {fault.code for fault in errors.faults}


def test_what_has_to_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sortition.audit.bundle.pages.OWN", {digest(PAGE)})
    for number, vector in enumerate(VECTORS):
        folder = tmp_path / str(number)
        folder.mkdir()
        codes = found(folder, vector)
        right = vector.finding in codes if vector.finding else codes == set()
        assert right, (vector.name, codes)


def test_the_file_holds_these_vectors() -> None:
    """After a change, `python scripts/make_vectors.py` writes it anew."""
    assert (HERE / "vectors.json").read_bytes() == document(VECTORS)


def test_there_are_many_and_each_has_a_rule() -> None:
    assert len(VECTORS) >= 150
    assert len({vector.name for vector in VECTORS}) == len(VECTORS)
    rules = re.findall(
        r"^(\d+)\. ", (ROOT / "docs/rules.md").read_text("utf-8"), flags=re.MULTILINE
    )
    assert {str(vector.rule) for vector in VECTORS} <= set(rules)
