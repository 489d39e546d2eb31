"""What README and the other pages say is true: commands run, files, targets and options exist."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sortition.audit.shapes.bundle import DRAW, KEPT, LOG, PUBLISHED, STAMP
from tests.budgets import LARGE, in_large
from tests.cli.running import DOCUMENTS, LISTS, ROOT, environment, sortition
from tests.schemas import misfits, misfits_in

PAGES = sorted(
    str(path.relative_to(ROOT))
    for path in (
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        ROOT / "data" / "samples" / "README.md",
        *ROOT.glob("benchmarks/README.md"),
    )
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"[A-Za-z._][\w.-]*(?:/[\w.-]+)*/?")  # and not 1/2
SCHEMA = re.compile(r"sortition-[a-z-]+/\d")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
OF_THE_PROGRAM = {"--help", "--language", "--version"}
FIRST = {"README.md", "Makefile", "data/samples/README.md", "docs/start.md", "docs/publish.md"}
MEASURING = "bench"  # takes minutes, so its commands are not run here
FEWER = {} if LARGE else {"2000": "200"}  # letters and tickets, of which a page may ask for many
# five lotteries, which are dealt in a moment if there are a hundred tickets
DEALT = {} if LARGE else {"compare": ["--tickets", "100"]}


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(text_of(page)) if language in languages]


def commands_in(text: str) -> Iterator[list[str]]:
    """The calls of `sortition` in a script, without the name."""
    for line in text.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["sortition"]:
            yield words[1:]


def calls() -> Iterator[tuple[str, list[str]]]:
    for page in PAGES:
        for block in blocks(page, "", "sh"):
            for words in commands_in(block):
                yield page, words
    recipes = text_of("Makefile").replace("$(DEMO)/bin/sortition", "sortition")
    for words in commands_in(recipes.replace("\t", "").replace("$", "")):
        yield "Makefile", words


CALLS = list(calls())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample data where the checkout has them."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def run(words: list[str], folder: Path) -> str:
    done = subprocess.run(
        words, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def two_leave(panel: Path, listed: Path) -> None:
    """The reader's own list of those who leave: who is drawn depends on the solver's version."""
    if not listed.exists():
        people = (panel / "panel.csv").read_text(encoding="utf-8").splitlines()[:3]
        ids = [row.split(";")[0] for row in people]
        listed.write_text("\n".join(ids) + "\n", encoding="utf-8")


def help_of(*commands: str) -> str:
    done = sortition(*commands, "--help", cwd=ROOT, width=200)
    assert (done.code, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def options() -> dict[str, set[str]]:
    """The options of each command."""
    names = re.findall(r"^│ ([a-z][a-z-]*) {2,}", help_of(), re.MULTILINE)
    return {
        name: set(re.findall(r"^\W*(--[a-z][a-z-]*)", help_of(name), re.MULTILINE))
        for name in names
    }


def test_the_readme_shows_how_to_select() -> None:
    assert [words[0] for page, words in CALLS if page == "README.md"].count("select") >= 2
    assert [words[0] for page, words in CALLS if page == "Makefile"] == ["demo"]
    assert blocks("README.md", "python")


@pytest.mark.usefixtures("short_searches")
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=() if page in FIRST else in_large)
        for page in dict.fromkeys(page for page, _ in CALLS)
    ],
)
def test_commands_run(folder: Path, page: str) -> None:
    """In the order of the page, in one folder, as its reader runs them."""
    for asked in [words for other, words in CALLS if other == page and words[0] != MEASURING]:
        words = [FEWER.get(word, word) for word in asked] + DEALT.get(asked[0], [])
        if "--dropouts" in words:
            two_leave(folder / words[1], folder / words[words.index("--dropouts") + 1])
        done = sortition(*words, cwd=folder)
        assert (done.code, done.stderr) == (0, ""), words
        said = done.stdout
        assert ("--quiet" in words) == (said == ""), words
        if words[0] == "select":
            out = folder / words[words.index("--out") + 1]
            assert {path.name for path in out.iterdir()} >= LISTS | DOCUMENTS
        if "--json" in words:
            assert misfits(json.loads(said)) == []
    assert list(misfits_in(folder)) == []


def without_make(language: str) -> str:
    """The lines of README for a machine without make."""
    (lines,) = [block for block in blocks("README.md", language) if "-m venv" in block]
    return lines


@in_large  # the same packages are installed once more
def test_the_demo_runs_without_make(tmp_path: Path) -> None:
    """The lines as they stand, in a copy of the checkout, with nothing but Python and pip."""
    checkout = tmp_path / "sortition"
    made_here = shutil.ignore_patterns(".git", ".venv*", ".*_cache", ".hypothesis", "__pycache__")
    shutil.copytree(ROOT, checkout, ignore=made_here)
    for results in ("demo", "dist"):
        shutil.rmtree(checkout / results, ignore_errors=True)
    surroundings = environment(PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    surroundings.pop("PYTHONPATH", None)  # what was installed runs, and nothing else
    done = subprocess.run(
        ["sh", "-e", "-c", without_make("sh")],
        cwd=checkout,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = re.fullmatch(r"Open (.*) in a browser\.", done.stdout.splitlines()[-1])
    assert page
    assert (checkout / page[1]).is_file()


def test_the_lines_for_powershell_say_the_same() -> None:
    lines = without_make("powershell").replace("\\", "/").replace(".venv/Scripts/", ".venv/bin/")
    assert re.sub(r"^py ", "python3 ", lines) == without_make("sh")


def test_commands_have_their_options(options: dict[str, set[str]]) -> None:
    for page, words in CALLS:
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used - options.get(words[0], OF_THE_PROGRAM) == set(), (page, words)


@pytest.mark.parametrize("number", range(len(blocks("README.md", "python"))))
def test_python_runs(folder: Path, number: int) -> None:
    assert run([sys.executable, "-c", blocks("README.md", "python")[number]], folder)


def test_the_table_of_results_is_complete() -> None:
    rows = re.findall(r"^\| (`.*?) \|", text_of("README.md"), re.MULTILINE)
    named = {name for row in rows for name in CODE.findall(row)}
    assert named >= LISTS | DOCUMENTS


def test_the_table_of_samples_is_complete() -> None:
    rows = re.findall(r"^\| (`.*?) \|", text_of("data/samples/README.md"), re.MULTILINE)
    named = {name for row in rows for name in CODE.findall(row)}
    assert named | {"README.md"} == {path.name for path in (ROOT / "data/samples").iterdir()}


def test_options_that_are_named_exist(options: dict[str, set[str]]) -> None:
    for page in PAGES:
        prose = FENCE.sub("", text_of(page))
        named = {option for code in CODE.findall(prose) for option in OPTION.findall(code)}
        assert named - OF_THE_PROGRAM.union(*options.values()) == set(), page


def test_options_belong_to_the_command_that_they_stand_with(options: dict[str, set[str]]) -> None:
    wrong = [
        (page, code)
        for page in PAGES
        if page != "CHANGELOG.md"  # which is about former versions too
        for code in CODE.findall(FENCE.sub("", text_of(page)))
        for command in code.removeprefix("sortition ").split()[:1]
        if command in options and not set(OPTION.findall(code)) <= options[command] | {"--help"}
    ]
    assert wrong == []


def test_options_that_messages_advise_exist(options: dict[str, set[str]]) -> None:
    for catalogue in (ROOT / "src").rglob("*.toml"):
        named = set(OPTION.findall(catalogue.read_text(encoding="utf-8")))
        assert named - set().union(*options.values()) == set(), catalogue


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))
    for page in PAGES:
        code = [*CODE.findall(FENCE.sub("", text_of(page))), *blocks(page, "", "sh")]
        named = {name for part in code for name in re.findall(r"^make (\S+)", part, re.MULTILINE)}
        assert named - targets == set(), page


def places_in(file: Path) -> set[str]:
    """What a link may name of a page: its headings, as GitHub and the site write them."""
    text = FENCE.sub("", file.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_lead_somewhere() -> None:
    """To a file and a heading that are there; those of the site lead to none outside of it."""
    for page in PAGES:
        home = (ROOT / page).parent
        for link in LINK.findall(FENCE.sub("", text_of(page))):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, place = link.partition("#")
            target = (home / name).resolve() if name else ROOT / page
            assert target.exists(), (page, link)
            assert home.name != "docs" or target.is_relative_to(home), (page, link)
            assert not place or place in places_in(target), (page, link)


def test_files_that_are_named_exist() -> None:
    """Names with a slash, from the checkout, from the page or, in short, from the package.

    Others are those of the files of a published lottery, or of schemas.
    """
    written = {*PUBLISHED, *KEPT, LOG, DRAW, STAMP}
    for page in PAGES:
        homes = (ROOT, (ROOT / page).parent, ROOT / "src" / "sortition")
        named = {
            code
            for code in CODE.findall(FENCE.sub("", text_of(page)))
            if "/" in code and PATH.fullmatch(code) and not SCHEMA.fullmatch(code)
        }
        lost = [
            path for path in named - written if not any((home / path).exists() for home in homes)
        ]
        assert lost == [], page
