from __future__ import annotations

from datetime import date
from pathlib import Path

from sortition.steps.plan.timeline import STEPS, timeline
from tests.cli.running import ROOT, sortition


def test_days_are_counted_back_from_the_meeting(tmp_path: Path) -> None:
    days = {step: day for day, step in timeline(date(2027, 5, 22))}
    assert days["meet"] == date(2027, 5, 22)
    assert days["draw"] == date(2027, 4, 10)
    assert days["decide"] == date(2027, 1, 2)
    done = sortition("plan", "--timeline", "22-05-2027", cwd=tmp_path)
    assert done.code == 0
    assert "10 April 2027  Draw in public (draw)" in done.stdout


def test_the_page_has_the_same_weeks() -> None:
    page = (ROOT / "docs" / "from_letter_to_panel.md").read_text(encoding="utf-8")
    cells = (row.strip("| ").split(" |")[0] for row in page.splitlines())
    weeks = [int(cell) for cell in cells if cell.isdigit()]
    assert weeks == [weeks for weeks, _ in STEPS]
