"""The notebooks run, and what they claim about the samples is true."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from sortition.model import below
from tests.budgets import in_large

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# how many claims each of them looks at and prints with ": True"
CLAIMS = {
    "audit_a_selection": 8,
    "compare_objectives": 4,
    "figures_to_quotas": 3,
    "plan_and_invite": 2,
    "scaling": 0,
    "select_a_panel": 4,
}
# they take seconds for what other notebooks call as well
LONG = {"compare_objectives", "plan_and_invite"}
PATH_OF_A_MACHINE = re.compile(r"(?<![<\w])/\w|\b[A-Z]:\\")


def opened(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a cell printed, line by line, and what it showed: as text, and as a page would."""

    printed: list[str]
    shown: object

    @property
    def told(self) -> list[str]:
        """What does not depend on how wide a window is."""
        as_text = self.shown is not None and not isinstance(self.shown, pd.DataFrame | pd.Series)
        return [*self.printed, *([repr(self.shown)] if as_text else [])]

    @property
    def said(self) -> list[str]:
        value = self.shown
        rich = (
            [] if value is None else f"{value} {getattr(value, '_repr_html_', str)()}".splitlines()
        )
        return [*self.printed, *rich]


def executed(path: Path) -> list[Ran]:
    """The cells of a notebook, run one after the other in this process."""
    space: dict[str, object] = {}
    ran = []
    for cell in code_cells(opened(path)):
        *before, last = ast.parse(cell.source).body
        if not isinstance(last, ast.Expr):
            before, shown = [*before, last], None
        else:
            shown = ast.Expression(last.value)
        with redirect_stdout(StringIO()) as printed:
            exec(compile(ast.Module(before, []), path.name, "exec"), space)
            value = None if shown is None else eval(compile(shown, path.name, "eval"), space)
        ran.append(Ran(printed=printed.getvalue().splitlines(), shown=value))
    plt.close("all")
    return ran


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def printed(cell: NotebookNode) -> list[str]:
    """The lines that a cell printed, warnings among them."""
    streams = [output.text for output in cell.outputs if output.output_type == "stream"]
    return "".join(streams).splitlines()


def told(cell: NotebookNode) -> list[str]:
    """What a cell told when it was run last, apart from tables and pictures; see `Ran.told`."""
    results = [one.data for one in cell.outputs if one.output_type == "execute_result"]
    texts = [data["text/plain"] for data in results if "dataframe" not in data.get("text/html", "")]
    return [*printed(cell), *texts]


def kept(path: Path) -> list[str]:
    """What the notebook showed when it was run last."""
    return [line for cell in code_cells(opened(path)) for line in shown(cell).splitlines()]


def shown(cell: NotebookNode) -> str:
    """All that a cell shows apart from pictures."""
    rich = [output.get("data", {}) for output in cell.outputs]
    tables = [text for data in rich for kind, text in data.items() if kind.startswith("text/")]
    return "\n".join(printed(cell) + tables)


def sample(name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def assert_claims_hold(said: list[str]) -> None:
    """Check what the walk through a selection says against the samples."""
    claims = dict(line.split(": ", maxsplit=1) for line in said[-8:])
    assert claims["registry"] == "12005"
    assert claims["pool"] == "500"
    assert claims["lowest chance"] == claims["bound"] == f"{5 / 137:.4%}"
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


def assert_true_of(name: str, said: list[str]) -> None:
    """Each claim that a notebook looks at holds."""
    assert sum(line.endswith(": True") for line in said) == CLAIMS[name]
    assert [line for line in said if line.endswith(": False")] == []
    if name == "select_a_panel":
        assert_claims_hold(said)


def personal() -> set[str]:
    """The cells of the samples by which somebody could be found."""
    columns = ("efternavn", "adresse", "telefon", "email")
    people = [*sample("pool.csv"), *sample("registry.csv", encoding="cp1252")]
    return {row[column] for row in people for column in columns if column in row}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=in_large if path.stem in LONG else ())
        for path in NOTEBOOKS
    ],
)
def test_it_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mpl.use("agg")
    monkeypatch.chdir(path.parent)
    with pd.option_context("display.max_colwidth", None), mpl.rc_context():
        ran = executed(path)
    assert_true_of(path.stem, [line for cell in ran for line in cell.said])
    assert [cell.told for cell in ran] == [told(cell) for cell in code_cells(opened(path))]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_as_a_clean_run_left_it(path: Path) -> None:
    cells = code_cells(opened(path))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert "error" not in {output.output_type for output in outputs}
    assert "stderr" not in {output.get("name") for output in outputs}
    assert not [cell.source for cell in cells if PATH_OF_A_MACHINE.search(shown(cell))]
    assert_true_of(path.stem, kept(path))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_shows_nobody(path: Path) -> None:
    words = set(re.findall(r"[\w.@+-]+(?: [\w.@+-]+)?", "\n".join(kept(path))))
    assert words & personal() == set()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_has_a_plot(path: Path) -> None:
    outputs = [output for cell in code_cells(opened(path)) for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in outputs)


def test_a_registry_is_read_in_a_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB looks whether it is in a notebook, and wants more there than elsewhere."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))  # nobody's own start-up files
    source = """import pandas as pd, sortition
people = pd.DataFrame({"id": list("abcd"), "sex": list("ffmm")})
print(sortition.invite(people, size=2, by="sex", seed="1"))"""
    notebook = new_notebook(cells=[new_code_cell(source)])  # type: ignore[no-untyped-call]
    folder = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, kernel_name="python3", timeout=120, resources=folder).execute()
    assert printed(notebook.cells[0]) == ["Invitation: 2 letters"]
