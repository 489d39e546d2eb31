"""Files and commands of docs/intake.md, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.cli.running import ROOT, sortition
from tests.steps.intake.test_shapes import fill_in, questions_in

GUIDE = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")


def test_the_guide_runs(tmp_path: Path) -> None:
    form, quotas = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "form.csv").write_text(form, encoding="utf-8")
    (tmp_path / "targets.csv").write_text(quotas, encoding="utf-8")
    first, second, third, fourth, form_of_calls = (
        shlex.split(line)[1:] for line in re.findall(r"```console\n(.*?)\n```", GUIDE)
    )
    assert sortition(*first, cwd=tmp_path).code == 1
    asked = questions_in(tmp_path / "pool" / "questions.xlsx")
    assert [(one["What stands there"], one["Proposal"]) for one in asked] == [
        ("Andet", "own value"),
        ("Bachelor", ""),
    ]
    answers = {"Bachelor": "Lang videregående"}
    fill_in(tmp_path / "pool" / "questions.xlsx", tmp_path / "filled.xlsx", answers)
    done = sortition(*second, cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    files = {path.name for path in (tmp_path / "pool").iterdir()} - {"questions.xlsx"}
    named = re.findall(r"^\| (`.*?) \|", GUIDE, re.MULTILINE)
    assert files == {name for cell in named[:5] for name in re.findall(r"`([\w.]+)`", cell)}
    assert (tmp_path / "pool" / "pool.csv").read_text(encoding="utf-8") == (
        "id,alder,køn,uddannelse\n"
        "P0001,60+,Kvinde,Erhvervsuddannelse\n"
        "P0002,16-59,Mand,Gymnasial uddannelse\n"
        "P0003,16-59,other,Lang videregående\n"
        "P0004,16-59,Kvinde,Lang videregående\n"
    )
    assert sortition(*third, cwd=tmp_path).code == 0
    assert sortition(*fourth, cwd=tmp_path).code == 0
    assert "Anna Lund" in (tmp_path / "panel" / "panel.csv").read_text(encoding="utf-8")
    assert sortition(*form_of_calls, cwd=tmp_path).code == 0
    assert (tmp_path / "calls.xlsx").is_file()
