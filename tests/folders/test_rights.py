"""Who may read what is written, where the system knows of such rights."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.audit.forging import make_run
from tests.cli.running import sortition
from tests.steps.publish.published import draw, publish

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are another thing there")


def rights(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


@pytest.fixture(autouse=True)
def _usual_mask() -> None:
    """What a new file may be, unless somebody asks for less."""
    before = os.umask(0o022)
    os.umask(before)
    assert before & 0o044 == 0, "these tests need files that others could read"


def test_a_selection_is_its_owners(tmp_path: Path) -> None:
    make_run(tmp_path)
    found = rights(tmp_path / "run")
    assert found.pop(".") == 0o700
    assert len(found) == 9
    assert set(found.values()) == {0o600}


def test_of_a_published_lottery_everybody_may_read_what_is_public(tmp_path: Path) -> None:
    lottery = publish(tmp_path)
    assert draw(lottery, "--drawn", "007").code == 0
    assert sortition("pack", "lottery", cwd=tmp_path).code == 0
    found = rights(lottery)
    assert (found.pop("."), found.pop("sealed"), found.pop("public")) == (0o700, 0o700, 0o755)
    everybody = {name for name, right in found.items() if right & 0o044}
    assert everybody == {"public.zip", *(name for name in found if name.startswith("public/"))}
    assert {found[name] for name in found.keys() - everybody} == {0o600}


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o750)
    make_run(tmp_path)
    found = rights(tmp_path / "run")
    assert found.pop(".") == 0o750
    assert set(found.values()) == {0o600}
