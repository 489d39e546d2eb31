"""The project file: what commands take from it, what is said, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from sortition.cli.around.settings import settings_of
from sortition.cli.main import app
from tests.cli.running import SEED, Outcome, contents, faults_said, sortition, write_inputs

PROJECT = f"""\
pool = "pool.csv"
quotas = "quotas.csv"
size = 2
household = "age"
household-limit = 2

[select]
seed = "{SEED}"
objective = "maximin"
time-limit = 60
gamma = 2
out = "agreed"

[compare]
draws = 10
"""
TYPED = ("pool.csv", "quotas.csv", "--size", "2", "--household", "age", "--household-limit", "2")
TYPED_SELECT = (
    *TYPED,
    *("--seed", SEED, "--objective", "maximin", "--time-limit", "60", "--gamma", "2"),
)
TAKEN = "pool, quotas, size, seed, objective, gamma, household, household-limit, time-limit, out"
# what a run does not repeat: its seconds, and what depends on them
TIMED = {"report.json", "report.html", "manifest.json"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path)
    (tmp_path / "assembly.toml").write_text(PROJECT)
    return tmp_path


def test_pages_of_every_command_speak_its_language(folder: Path) -> None:
    """Also those of a command that takes nothing else from the file."""
    (folder / "assembly.toml").write_text('language = "da"\n')
    call = ("invite", "pool.csv", "--size", "3", "--seed", SEED, "--out", "invited", "--quiet")
    done = sortition(*call, cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    assert '<html lang="da">' in (folder / "invited" / "report.html").read_text(encoding="utf-8")


def said_of(done: Outcome) -> str:
    assert done.code == 0, done.stderr
    return done.stderr


def faults(folder: Path, project: str, *arguments: str) -> list[str]:
    (folder / "assembly.toml").write_text(project)
    before = contents(folder)
    found = faults_said(sortition("select", *arguments, cwd=folder))
    assert contents(folder) == before
    return found


def test_select_with_no_arguments_repeats_what_was_agreed(folder: Path) -> None:
    done = sortition("select", cwd=folder)
    assert said_of(done) == f"Options from assembly.toml: {TAKEN}\n"
    agreed = contents(folder / "agreed")
    (folder / "assembly.toml").unlink()
    typed = sortition("select", *TYPED_SELECT, "--out", "typed", cwd=folder)
    assert said_of(typed) == ""
    again = contents(folder / "typed")
    for name in set(agreed) - TIMED:
        assert agreed[name] == again[name], name
    assert typed.stdout.replace("typed", "agreed") == done.stdout


def test_the_settings_of_another_tool_are_told_in_our_words(folder: Path) -> None:
    theirs = 'id_column = "id"\ncheck_same_address_columns = ["a"]\ncolumns_to_keep = ["b"]\n'
    said = faults(folder, theirs + "max_attempts = 100\n")
    meant = [line.partition("Did you mean “")[2].partition("”")[0] for line in said]
    assert meant == ["id", "household", "columns", ""]
    assert [line.count("There may be") for line in said] == [1, 0, 0, 0]


def test_the_command_line_goes_before_the_file(folder: Path) -> None:
    options = ("--objective", "leximin", "--out", "mine", "--size", "3")
    done = sortition("select", *options, cwd=folder)
    rest = [name for name in TAKEN.split(", ") if name not in {"size", "objective", "out"}]
    assert said_of(done) == f"Options from assembly.toml: {', '.join(rest)}\n"
    assert done.stdout.startswith("3 people were drawn from 6.\n")
    assert not (folder / "agreed").exists()


def test_each_command_takes_what_it_has(folder: Path) -> None:
    done = sortition("compare", cwd=folder)
    taken = "pool, quotas, size, household, household-limit, draws"
    assert said_of(done) == f"Options from assembly.toml: {taken}\n"
    assert "legacy: estimated from 10 panels" in done.stdout
    done = sortition("map", cwd=folder)
    assert said_of(done).startswith("Options from assembly.toml: pool, quotas\n")


def test_a_table_goes_before_the_top(folder: Path) -> None:
    (folder / "assembly.toml").write_text(PROJECT + "size = 3\n")
    done = sortition("compare", cwd=folder)
    assert "3 people from 6" in done.stdout
    assert said_of(done).count("size") == 1


def test_quiet_says_nothing_and_a_switch_can_be_set(folder: Path) -> None:
    (folder / "assembly.toml").write_text("quiet = true\n" + PROJECT)
    done = sortition("select", cwd=folder)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")


def test_files_are_those_beside_the_project_file(folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    done = sortition("select", "--project", "../assembly.toml", cwd=elsewhere)
    assert said_of(done).startswith("Options from ../assembly.toml: pool")
    assert (folder / "agreed" / "panel.csv").exists()
    assert not list(elsewhere.iterdir())


def test_without_a_project_file_all_is_as_it_was(folder: Path) -> None:
    (folder / "assembly.toml").unlink()
    done = sortition("select", cwd=folder)
    assert (done.code, done.stdout) == (2, "")
    assert "POOL is missing" in done.stderr


def test_what_the_file_leaves_out_is_still_asked_for(folder: Path) -> None:
    (folder / "assembly.toml").write_text('pool = "pool.csv"\nquotas = "quotas.csv"\n')
    done = sortition("select", cwd=folder)
    assert (done.code, done.stdout) == (2, "")
    assert "--size is missing" in done.stderr


def test_every_fault_names_the_key_and_what_is_accepted(folder: Path) -> None:
    project = PROJECT.replace("size = 2", 'sise = 2\nsize = "2"').replace(
        "draws = 10", "draws = 1.5"
    )
    project = project.replace('"maximin"', '"luck"').replace(f'"{SEED}"', SEED)
    project = project.replace("time-limit = 60", "time_limit = true") + "\n[slect]\nsize = 3\n"
    said = faults(folder, project)
    assert [line.partition("There may be")[0] for line in said] == [
        "assembly.toml, row 3: “sise” means nothing here. Did you mean “size”? ",
        "assembly.toml, row 4: “size” must be a whole number.",
        "assembly.toml, row 9: “seed” must be a text in quotation marks.",
        'assembly.toml, row 10: “objective” must be "leximin" or "maximin" or "nash" or "minimax" '
        'or "goldilocks".',
        "assembly.toml, row 11: “time_limit” means nothing here. Did you mean “time-limit”? ",
        "assembly.toml, row 16: “draws” must be a whole number.",
        "assembly.toml, row 18: “slect” means nothing here. Did you mean “select”? ",
    ]
    assert "“compare”" in said[-1]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("size = true", "a whole number"),
        ("size = 2.0", "a whole number"),
        ("pool = 1", "the name of a file or folder"),
        ('pool = ""', "the name of a file or folder"),
        ("id = ['id']", "a text in quotation marks"),
        ('gamma = "1"', "a number"),
        ('overwrite = "yes"', "true or false"),
        ("project = 'x.toml'", "means nothing here"),
        ("help = true", "means nothing here"),
        ("select = 1", "means nothing here"),
        ("[size]\nx = 1", "means nothing here"),
        ("[verify]\nmanifest = 'x'", "means nothing here"),
        ("size = 1\nsize = 2", "cannot be read as TOML"),
        (f"size = {'[' * 3_000}", "cannot be read as TOML"),
    ],
)
def test_faults(folder: Path, line: str, reason: str) -> None:
    (said,) = faults(folder, f"{line}\n", "pool.csv", "quotas.csv", "--size", "2")
    assert reason in said


def test_a_project_file_that_is_named_must_be_there(folder: Path) -> None:
    (said,) = faults_said(sortition("select", "--project", "no.toml", cwd=folder))
    assert said.startswith("There is no file no.toml.")


def test_faults_of_what_was_taken_name_the_option(folder: Path) -> None:
    (folder / "assembly.toml").write_text(PROJECT.replace("draws = 10", "draws = 0"))
    done = sortition("compare", cwd=folder)
    assert (done.code, done.stdout) == (2, "")
    assert "--draws" in done.stderr


def test_help_and_commands_that_take_nothing_do_not_care(folder: Path) -> None:
    assert sortition("select", cwd=folder).code == 0
    (folder / "assembly.toml").write_text("this is no project file")
    assert sortition("select", "--help", cwd=folder).code == 0
    assert sortition("verify", "agreed", cwd=folder).code == 0
    (said,) = faults_said(sortition("select", cwd=folder))
    assert said.startswith("assembly.toml, row 1: This cannot be read as TOML")


def test_a_project_file_can_hold_every_option_of_the_commands_that_read_it() -> None:
    commands = getattr(get_command(app), "commands")  # noqa: B009 - of a group
    settings = {name: settings_of(command) for name, command in commands.items()}
    assert settings["verify"] == {}
    assert {"select", "compare", "map"} <= {name for name, found in settings.items() if found}
    for name, found in settings.items():
        options = {
            max(parameter.opts, key=len).removeprefix("--") for parameter in commands[name].params
        }
        assert not found or options - {"project", "help"} == set(found), name


def test_a_date_is_a_date(folder: Path) -> None:
    (said,) = faults(folder, 'age-on = "1. juni"\n', "pool.csv", "quotas.csv", "--size", "2")
    assert said.endswith("“age-on” must be a date such as 2026-06-30.")
    for written in ("2026-06-01", '"1/6-2026"'):
        (folder / "assembly.toml").write_text(f"age-on = {written}\n")
        done = sortition("check", "pool.csv", "quotas.csv", "--size", "2", cwd=folder)
        assert said_of(done) == "Options from assembly.toml: age-on\n"
