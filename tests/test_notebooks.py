"""The notebooks run, and what they claim about the samples is true."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from sortition.model import below

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PATH_OF_A_MACHINE = re.compile(r"(?<![<\w])/\w|\b[A-Z]:\\")


def opened(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def executed(path: Path, workplace: Path) -> NotebookNode:
    """The notebook after a fresh run in a copy of the folders that it needs."""
    shutil.copytree(ROOT / "notebooks", workplace / "notebooks")
    shutil.copytree(SAMPLES, workplace / "data" / "samples")
    shutil.copytree(ROOT / "benchmarks" / "results", workplace / "benchmarks" / "results")
    notebook = opened(path)
    folder = {"metadata": {"path": str(workplace / "notebooks")}}
    NotebookClient(notebook, kernel_name="python3", timeout=120, resources=folder).execute()
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def printed(cell: NotebookNode) -> list[str]:
    """The lines that a cell printed, warnings among them."""
    streams = [output.text for output in cell.outputs if output.output_type == "stream"]
    return "".join(streams).splitlines()


def lines(notebook: NotebookNode) -> list[str]:
    return [line for cell in code_cells(notebook) for line in printed(cell)]


def shown(cell: NotebookNode) -> str:
    """All that a cell shows apart from pictures."""
    rich = [output.get("data", {}) for output in cell.outputs]
    tables = [text for data in rich for kind, text in data.items() if kind.startswith("text/")]
    return "\n".join(printed(cell) + tables)


def sample(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def assert_claims_hold(notebook: NotebookNode) -> None:
    """Check what the walk through a selection says against the samples."""
    said = lines(notebook)
    assert sum(line.endswith(": True") for line in said) == 5
    assert not [line for line in said if line.endswith(": False")]
    last = printed(code_cells(notebook)[-1])
    claims = dict(line.split(": ", maxsplit=1) for line in last)
    assert claims["registry"] == "12005"
    assert claims["pool"] == "500"
    assert claims["lowest chance"] == claims["bound"] == f"{5 / 137:.4%}"
    by_rule = float(claims["lowest average of a group under the simple rule"].rstrip("%"))
    assert 1.4 < by_rule < 2.0
    domain = f"draw/{claims['digest of the lottery']}"
    assert int(claims["ticket"]) == below(1000, seed=claims["seed"], domain=domain)
    assert_is_a_panel(claims["panel"].split())


def assert_is_a_panel(ids: list[str]) -> None:
    people = [row for row in sample("pool.csv") if row["deltager_id"] in ids]
    assert len(people) == len(ids) == 36
    assert len({(row["adresse"], row["postnummer"]) for row in people}) == 36
    for quota in sample("quotas.csv"):
        seats = Counter(row[quota["kriterium"]] for row in people)[quota["værdi"]]
        assert int(quota["min"]) <= seats <= int(quota["max"]), quota


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody's own start-up files decide whether a notebook runs.
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, tmp_path: Path) -> None:
    notebook = executed(path, tmp_path)
    assert not [line for line in lines(notebook) if "Warning" in line]
    if path.stem == "select_a_panel":
        assert_claims_hold(notebook)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_as_a_clean_run_left_it(path: Path) -> None:
    cells = code_cells(opened(path))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert "error" not in {output.output_type for output in outputs}
    assert "stderr" not in {output.get("name") for output in outputs}
    assert not [cell.source for cell in cells if PATH_OF_A_MACHINE.search(shown(cell))]


def test_the_kept_claims_hold() -> None:
    assert_claims_hold(opened(ROOT / "notebooks" / "select_a_panel.ipynb"))
