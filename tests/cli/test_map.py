"""Drafting a map and selecting by it, as processes on real files."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import (
    QUOTAS,
    ROOT,
    SAMPLES,
    SEED,
    contents,
    faults_said,
    sortition,
    write_inputs,
)

DANISH = """\
nr;Køn;Alder
P1;Kvinde;16
P2;KVINDE;70
P3;Mand;29
P4;Mand;44
P5;Kvinde;45
P6;Mand;45
P7;Mand;12
"""
TWO_AGES = """\
feature,value,min,max
gender,female,1,2
gender,male,1,2
age,16-44,0,2
age,45+,0,2
"""
MAP = """\
[columns]
"Køn" = "gender"

[values.gender]
"Kvinde" = "female"
"Mand" = "male"

[bands.age]
column = "Alder"
ranges = ["16-44", "45+"]

[[drop]]
column = "Alder"
below = 16
reason = "under 16"
"""
BY_HAND = """\
nr,gender,age
P1,female,16-44
P2,female,45+
P3,male,16-44
P4,male,16-44
P5,female,45+
P6,male,45+
"""
SELECT = ("--size", "2", "--id", "nr", "--seed", SEED)
GUIDE = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path, DANISH, TWO_AGES)
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    (tmp_path / "by_hand.csv").write_text(BY_HAND)
    return tmp_path


def selected(folder: Path, *arguments: str, out: str) -> dict[str, bytes]:
    done = sortition("select", *arguments, *SELECT, "--out", out, cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    return contents(folder / out)


def test_a_map_does_what_a_hand_would(folder: Path) -> None:
    mapped = selected(folder, "pool.csv", "quotas.csv", "--map", "map.toml", out="a")
    by_hand = selected(folder, "by_hand.csv", "quotas.csv", out="b")
    for name in ("lottery.json", "certificate.json"):
        assert mapped[name] == by_hand[name]
    drawn = [re.findall(rb"^P\d", files["panel.csv"], re.MULTILINE) for files in (mapped, by_hand)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2


def test_the_lists_stay_as_they_came_without_those_dropped(folder: Path) -> None:
    files = selected(folder, "pool.csv", "quotas.csv", "--map", "map.toml", out="a")
    panel, others = (
        files[name].decode().splitlines() for name in ("panel.csv", "not_selected.csv")
    )
    header, *rows = DANISH.splitlines()
    counted = [line.split(";")[-2:] for line in panel + others]
    assert counted[0] == counted[len(panel)] == ["age", "gender"]
    assert {age for age, _ in counted} == {"age", "16-44", "45+"}
    came = {line.split(";")[0]: line for line in (header, *rows)}
    assert [line.rsplit(";", maxsplit=2)[0] for line in panel] == [
        came[line.split(";")[0]] for line in panel
    ]
    ids = sorted(line.split(";")[0] for line in panel[1:] + others[1:])
    assert ids == sorted(line.split(";")[0] for line in rows[:-1])


def test_the_manifest_has_the_map_and_the_run_verifies(folder: Path) -> None:
    files = selected(folder, "pool.csv", "quotas.csv", "--map", "map.toml", out="a")
    manifest: Any = json.loads(files["manifest.json"])
    digest = sha256(MAP.encode()).hexdigest()
    assert manifest["inputs"]["map"] == {"file": "map.toml", "sha256": digest}
    dropped = "pool.csv: Rows dropped because of “under 16”: 1 (rows 8)."
    assert dropped in manifest["assumed"]
    assert dropped in files["report.html"].decode()
    assert sortition("verify", "a", cwd=folder).code == 0


def test_compare_takes_a_map(folder: Path) -> None:
    common = ("quotas.csv", "--size", "2", "--id", "nr", "--draws", "10")
    mapped = sortition("compare", "pool.csv", *common, "--map", "map.toml", cwd=folder)
    by_hand = sortition("compare", "by_hand.csv", *common, cwd=folder)
    assert (mapped.code, by_hand.code) == (0, 0)

    def figures(said: str) -> list[str]:
        # all but the seconds at the end of the lines
        return [line.rpartition(" ")[0] for line in said.partition("2 people")[0].splitlines()]

    assert figures(mapped.stdout) == figures(by_hand.stdout)
    assert "2 people from 6, 33.333% on average." in mapped.stdout


def test_a_misspelt_key_is_refused(folder: Path) -> None:
    (folder / "map.toml").write_text(MAP.replace("[values.", "[value."), encoding="utf-8")
    call = ("select", "pool.csv", "quotas.csv", "--map", "map.toml", *SELECT, "--out", "a")
    (said,) = faults_said(sortition(*call, cwd=folder))
    assert said.startswith("map.toml, row 4: “value” means nothing here. Did you mean “values”?")
    assert not (folder / "a").exists()


def test_the_map_is_never_overwritten(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "panel.csv").write_text(MAP, encoding="utf-8")
    call = ("select", "pool.csv", "quotas.csv", "--map", "a/panel.csv", *SELECT, "--out", "a")
    said = faults_said(sortition(*call, "--overwrite", cwd=folder))
    assert "would be overwritten" in said[0]
    assert (folder / "a" / "panel.csv").read_text(encoding="utf-8") == MAP


def test_from_draft_to_panel(folder: Path) -> None:
    pool = folder / "pool.csv"
    pool.write_text(DANISH.replace("P7;Mand;12\n", ""), encoding="utf-8")
    drafted = sortition("map", "pool.csv", "quotas.csv", "--out", "new/map.toml", cwd=folder)
    assert (drafted.code, drafted.stderr) == (0, "")
    assert drafted.stdout.splitlines() == [
        "Written: new/map.toml",
        "Everything was matched. Check it all the same.",
    ]
    files = selected(folder, "pool.csv", "quotas.csv", "--map", "new/map.toml", out="a")
    by_hand = selected(folder, "by_hand.csv", "quotas.csv", out="b")
    assert files["lottery.json"] == by_hand["lottery.json"]


def test_a_printed_draft_is_a_file_by_itself(folder: Path) -> None:
    done = sortition("map", "pool.csv", "quotas.csv", cwd=folder)
    assert done.code == 0
    assert tomllib.loads(done.stdout)["columns"] == {"Køn": "gender"}
    assert done.stderr == "Places that wait for an answer, marked TO DO: 1.\n"
    assert "# below = 16" in done.stdout


def test_a_draft_replaces_nothing_without_leave(folder: Path) -> None:
    call = ("map", "pool.csv", "quotas.csv", "--out", "map.toml")
    (said,) = faults_said(sortition(*call, cwd=folder))
    assert "--overwrite" in said
    assert (folder / "map.toml").read_text(encoding="utf-8") == MAP
    assert sortition(*call, "--overwrite", cwd=folder).code == 0
    assert (folder / "map.toml").read_text(encoding="utf-8") != MAP
    into_the_pool = ("map", "pool.csv", "quotas.csv", "--out", "pool.csv", "--overwrite")
    (said,) = faults_said(sortition(*into_the_pool, cwd=folder))
    assert "would be overwritten" in said


def test_faults_of_a_draft_are_told_together(folder: Path) -> None:
    (folder / "quotas.csv").write_text(QUOTAS.replace("old,0", "old,x"))
    said = faults_said(sortition("map", "no.csv", "quotas.csv", "--out", "map.toml", cwd=folder))
    assert [line.partition(" ")[0] for line in said] == ["The", "There", "quotas.csv,"]


def test_the_samples_need_no_map(tmp_path: Path) -> None:
    done = sortition("map", SAMPLES / "pool.csv", SAMPLES / "quotas.csv", cwd=tmp_path)
    assert (done.code, tomllib.loads(done.stdout)) == (0, {})


def test_the_guide_runs(tmp_path: Path) -> None:
    """Files and commands of docs/mapping.md, in their order."""
    pool, quotas = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)
    mapping, project = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    files = {"volunteers.csv": pool, "targets.csv": quotas, "map.toml": mapping}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    calls = [shlex.split(line)[1:] for line in re.findall(r"```console\n(.*?)\n```", GUIDE)]
    assert [call[0] for call in calls] == ["map", "select", "select", "select"]
    for call in calls:
        if "--map" not in call and call[0] == "select":
            (tmp_path / "assembly.toml").write_text(project, encoding="utf-8")
        done = sortition(*call, cwd=tmp_path)
        assert done.code == 0, done.stderr
    first, again, other = (
        contents(tmp_path / name) for name in ("selection", "panel-of-june", "another-panel")
    )
    assert first["lottery.json"] == again["lottery.json"] == other["lottery.json"]
    assert first["panel.csv"] == again["panel.csv"]
    assert b"Rows dropped because of" in first["manifest.json"]
