"""A notebook gets the files of the command, byte for byte, from frames and from paths."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sortition
from tests.budgets import LARGE, in_large
from tests.cli.running import (
    POOL,
    QUOTAS,
    SAMPLES,
    SEED,
    a_third_of_the_samples,
    contents,
    write_inputs,
)
from tests.frames.beside import command, timeless

HOUSEHOLD = ("adresse", "postnummer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A selection as the command and as a notebook ask for it."""

    options: str
    asked: dict[str, Any] = field(default_factory=dict)
    language: Any = "en"
    whole: bool = False  # the whole sample, else a part of it
    by_path: bool = False  # the files, else what was read from them


SELECTIONS = {
    "plain": Case(options=""),
    "plain, by path": Case(options="", by_path=True),
    "households": Case(
        options="--household adresse,postnummer", asked={"household": list(HOUSEHOLD)}, whole=True
    ),
    "two of a household, Danish": Case(
        options="--household adresse,postnummer --household-limit 2 --language da",
        asked={"household": HOUSEHOLD, "household_limit": 2},
        language="da",
    ),
    "mixed": Case(
        options="--mix køn×uddannelse,køn*aldersgruppe",
        asked={"mix": "aldersgruppe x køn, uddannelse x køn"},
    ),
    "alternates": Case(
        options="--alternates 3 --tickets 100", asked={"alternates": 3, "tickets": 100}
    ),
    "maximin, few tickets": Case(
        options="--objective maximin --tickets 200", asked={"objective": "maximin", "tickets": 200}
    ),
    "nash": Case(options="--objective nash", asked={"objective": "nash"}),
    "minimax by the other solver": Case(
        options="--objective minimax --solver cbc", asked={"objective": "minimax", "solver": "cbc"}
    ),
    "goldilocks": Case(
        options="--objective goldilocks --gamma 0.5",
        asked={"objective": "goldilocks", "gamma": 0.5},
    ),
    "an id that is named": Case(options="--id email", asked={"id": "email"}),
}


# the others differ in what is asked of the core, in one way at a time
ALWAYS = {"plain, by path", "two of a household, Danish", "alternates"}


def files_of(folder: Path, pool: pd.DataFrame, quotas: pd.DataFrame) -> tuple[Path, Path]:
    """Frames as the CSV files that somebody would save them to."""
    paths = folder / "pool.csv", folder / "quotas.csv"
    for frame, path in zip((pool, quotas), paths, strict=True):
        frame.to_csv(path, index=False)
    return paths


@pytest.mark.usefixtures("short_searches")
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=name, marks=() if name in ALWAYS else in_large)
        for name, case in SELECTIONS.items()
    ],
)
def test_a_selection(tmp_path: Path, pool: pd.DataFrame, quotas: pd.DataFrame, case: Case) -> None:
    size = 36
    if not case.whole:
        names, size = a_third_of_the_samples(tmp_path), 12
        pool, quotas = (pd.read_csv(tmp_path / name, sep=";", dtype=str) for name in names)
    paths = files_of(tmp_path, pool, quotas)
    given = ("--size", str(size), "--seed", SEED, *case.options.split())
    command("select", *paths, *given, "--out", "command", cwd=tmp_path)
    expected = timeless(tmp_path / "command")
    inputs = (str(paths[0]), paths[1]) if case.by_path else (pool, quotas)
    lottery = sortition.lottery(*inputs, size=size, **case.asked)
    lottery.draw(seed=SEED).save(tmp_path / "saved", language=case.language)
    assert timeless(tmp_path / "saved") == expected


def test_a_mapped_pool(tmp_path: Path) -> None:
    names = a_third_of_the_samples(tmp_path)
    pool, quotas = (pd.read_csv(tmp_path / name, sep=";", dtype=str) for name in names)
    frame = pool.rename(columns={"køn": "hvad er dit køn"})
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\n"hvad er dit køn" = "køn"\n', encoding="utf-8")
    paths = files_of(tmp_path, frame, quotas)
    given = ("--size", "12", "--seed", SEED, "--map", mapping)
    command("select", *paths, *given, "--out", "command", cwd=tmp_path)
    lottery = sortition.lottery(frame, quotas, size=12, mapping=mapping)
    lottery.draw(seed=SEED).save(tmp_path / "frames")
    assert timeless(tmp_path / "frames") == timeless(tmp_path / "command")


def test_a_workbook_as_pandas_reads_it(tmp_path: Path) -> None:
    """Another file of the same people: the same lottery and lists, though not the same digest."""
    pool = pd.read_excel(SAMPLES / "pool.xlsx", dtype=str, engine="openpyxl")
    quotas = pd.read_excel(SAMPLES / "quotas.xlsx", engine="openpyxl")
    given = ("--size", "36", "--seed", SEED, "--out", "command")
    command("select", SAMPLES / "pool.xlsx", SAMPLES / "quotas.xlsx", *given, cwd=tmp_path)
    sortition.lottery(pool, quotas, size=36).draw(seed=SEED).save(tmp_path / "frames")
    by_command, by_frames = (contents(tmp_path / name) for name in ("command", "frames"))
    for name in ("lottery.json", "certificate.json", "panel.xlsx"):
        assert by_frames[name] == by_command[name]


def test_a_comparison(tmp_path: Path) -> None:
    paths = write_inputs(tmp_path)
    given = ("--size", "2", "--draws", "40", "--tickets", "50", "--language", "da")
    lies = ("--manipulation", "--lies", "3")
    command("compare", *paths, *given, *lies, "--out", "command", cwd=tmp_path)
    frames = [pd.read_csv(path, dtype=str) for path in paths]
    asked: dict[str, Any] = {"size": 2, "draws": 40, "tickets": 50, "language": "da"}
    asked |= {"manipulation": True, "lies": 3}
    for name, inputs in (("frames", frames), ("paths", list(paths))):
        rules = sortition.compare(*inputs, **asked, out=tmp_path / name)
        assert timeless(tmp_path / name) == timeless(tmp_path / "command")
    assert rules["lies"].isna().tolist() == [name in {"uniform", "legacy"} for name in rules.index]
    document = json.loads((tmp_path / "command" / "compare.json").read_text(encoding="utf-8"))
    for gains in document["manipulation"]:
        row = rules.loc[gains["rule"]]
        assert (row["lies_tried"], row["lies"]) == (gains["tried"], gains["lies"])
        assert row["average_gain"] == gains["average_gain"]
        if gains["best"] is None:
            assert pd.isna(row["best_lie"])
        else:
            assert (row["honest"], row["lying"]) == (
                gains["best"]["honest"],
                gains["best"]["lying"],
            )


def test_a_plan(tmp_path: Path, quotas: pd.DataFrame) -> None:
    rates = pd.read_csv(SAMPLES / "response_rates.csv", sep=";", dtype=str)
    registry = pd.read_csv(SAMPLES / "registry.csv", sep=";", encoding="cp1252", dtype=str)
    registry = registry[["aldersgruppe", "uddannelse", "køn", "bydel"]].iloc[:3000]
    for name, frame in (("quotas", quotas), ("rates", rates), ("registry", registry)):
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    given = ("--size", "9", "--trials", "3", "--method", "beta-binomial", "--language", "da")
    files = ("--rates", "rates.csv", "--registry", "registry.csv", "--out", "command")
    small = quotas.assign(min="0", max="9")
    small.to_csv(tmp_path / "quotas.csv", index=False)
    command("plan", "quotas.csv", *given, *files, cwd=tmp_path)
    asked: dict[str, Any] = {
        "size": 9, "trials": 3, "method": "beta-binomial", "language": "da"
    }  # fmt: skip
    by_frames = sortition.plan(
        small, rates=rates, registry=registry, **asked, out=tmp_path / "frames"
    )
    by_paths = sortition.plan(
        tmp_path / "quotas.csv",
        rates=tmp_path / "rates.csv",
        registry=str(tmp_path / "registry.csv"),
        **asked,
        out=tmp_path / "paths",
    )
    assert by_frames.strata.equals(by_paths.strata)
    for name in ("frames", "paths"):
        assert timeless(tmp_path / name) == timeless(tmp_path / "command")


def test_invitations(tmp_path: Path) -> None:
    registry = pd.read_csv(SAMPLES / "registry.csv", sep=";", encoding="cp1252", dtype=str)
    registry = registry.iloc[:3000]
    registry.to_csv(tmp_path / "registry.csv", index=False)
    given = ("--size", "100", "--seed", SEED, "--by", "køn,aldersgruppe")
    homes = ("--household", "adresse,postnummer", "--out", "command")
    command("invite", "registry.csv", *given, *homes, cwd=tmp_path)
    asked: dict[str, Any] = {"size": 100, "seed": SEED, "by": ["køn", "aldersgruppe"]}
    for name, source in (("frames", registry), ("paths", tmp_path / "registry.csv")):
        drawn = sortition.invite(source, household=HOUSEHOLD, **asked, out=tmp_path / name)
        assert timeless(tmp_path / name) == timeless(tmp_path / "command")
        again = sortition.invite(source, household=HOUSEHOLD, **asked)
        assert drawn.invited.equals(again.invited)
        written = pd.read_csv(tmp_path / name / "invited.csv", dtype=str, keep_default_na=False)
        assert drawn.invited.equals(written.astype("str"))


def test_lists_of_those_who_get_no_letter(tmp_path: Path) -> None:
    registry = pd.DataFrame({"id": [f"{n:03}" for n in range(60)]})
    staff, former = registry.iloc[:20], registry.iloc[10:40]
    for name, frame in (("registry", registry), ("exclude", staff), ("not_again", former)):
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    lists = ("--exclude", "exclude.csv", "--not-again", "not_again.csv")
    command(
        "invite", "registry.csv", "--size", "20", "--seed", "1", *lists, "--out", "command",
        cwd=tmp_path,
    )  # fmt: skip
    for name, exclude, not_again in (
        ("frames", staff, former),
        ("paths", str(tmp_path / "exclude.csv"), [tmp_path / "not_again.csv"]),
    ):
        out = tmp_path / name
        asked: dict[str, Any] = {"exclude": exclude, "not_again": not_again, "out": out}
        drawn = sortition.invite(registry, size=20, seed="1", **asked)
        assert sorted(drawn.invited["id"]) == registry["id"].iloc[40:].to_list()
        assert timeless(out) == timeless(tmp_path / "command")


def test_quotas_of_a_population(tmp_path: Path) -> None:
    ages = ["16-29", "30-44", "45-59", "60+"]
    given = ("--size", "36", "--ages", ",".join(ages), "--name", "KØN=køn", "--out", "command.csv")
    table = pd.read_csv(SAMPLES / "folketal.csv", sep=";", dtype=str, encoding="utf-8-sig")
    table.to_csv(tmp_path / "population.csv", index=False)
    command("quotas", "population.csv", *given, cwd=tmp_path)
    for name, source in (("frames", table), ("paths", tmp_path / "population.csv")):
        out = tmp_path / f"{name}.csv"
        made = sortition.quotas_from(source, size=36, ages=ages, names="KØN=køn", out=out)
        assert out.read_bytes() == (tmp_path / "command.csv").read_bytes()
        assert made["min"].sum() <= 2 * 36 <= made["max"].sum()


def test_a_check_says_what_the_page_says(
    tmp_path: Path, pool: pd.DataFrame, quotas: pd.DataFrame
) -> None:
    scarce = quotas.assign(min=quotas["min"].where(quotas["værdi"] != "16-29 år", "9"))
    paths = files_of(tmp_path, pool.iloc[:60], scarce)
    found = sortition.check(pool.iloc[:60], scarce, size=36)
    by_paths = sortition.check(*paths, size=36)
    assert not found
    assert found.quotas.equals(by_paths.quotas)
    assert found.findings.equals(by_paths.findings)
    changed = found.quotas
    assert (changed["proposed_lower"] <= changed["lower"]).all()
    relaxed = changed.reset_index()[["feature", "value", "proposed_lower", "proposed_upper"]]
    relaxed.columns = pd.Index(["feature", "value", "min", "max"])
    assert sortition.check(pool.iloc[:60], relaxed, size=36)


SEATED: dict[str, Callable[[Path, pd.DataFrame], Path | pd.DataFrame]] = {
    "the folder of a panel": lambda folder, _: folder,
    "a frame": lambda _, people: people,
}


@pytest.mark.usefixtures("short_searches")
@pytest.mark.parametrize("kind", SEATED)
def test_seats(
    tmp_path: Path, panel_folder: Path, few: sortition.SelectionResult, kind: str
) -> None:
    people = few.panel
    people.to_csv(tmp_path / "people.csv", index=False)
    source = SEATED[kind](panel_folder, people)
    named = source if isinstance(source, Path) else tmp_path / "people.csv"
    shape = ("--tables", "3", "--sessions", "3", "--seed", "1", "--language", "da")
    mixed = ("--mix", "køn,aldersgruppe", "--names", "fornavn,efternavn", "--out", "command")
    command("groups", named, *shape, *mixed, cwd=tmp_path)
    plan = sortition.seat(
        source,
        tables=3,
        sessions=3,
        seed="1",
        language="da",
        mix=["køn", "aldersgruppe"],
        names=["fornavn", "efternavn"],
    )
    plan.save(tmp_path / "notebook")
    assert timeless(tmp_path / "notebook") == timeless(tmp_path / "command")


def test_a_round_of_replacements(tmp_path: Path, panel_folder: Path) -> None:
    gone = list(pd.read_csv(panel_folder / "panel.csv", sep=";", dtype=str)["deltager_id"][:2])
    frame = pd.DataFrame({"id": gone})
    frame.to_csv(tmp_path / "dropouts.csv", index=False)
    shutil.copytree(panel_folder, tmp_path / "command")
    command("replace", "command", "--dropouts", "dropouts.csv", "--seed", "7", cwd=tmp_path)
    kinds: dict[str, Any] = {"frame": frame, "path": tmp_path / "dropouts.csv"}
    if LARGE:
        kinds["ids"] = gone
    for kind, dropouts in kinds.items():
        shutil.copytree(panel_folder, tmp_path / kind)
        done = sortition.replace(tmp_path / kind, dropouts, seed="7")
        assert sorted(done.gone) == sorted(gone)
        assert len(done.came) == 2
        assert timeless(tmp_path / kind) == timeless(tmp_path / "command")
    assert sortition.verify(tmp_path / "path")


def test_the_same_small_example_as_the_command(tmp_path: Path) -> None:
    """No frame of the samples has numbers; here bounds are numbers, as pandas makes them."""
    paths = write_inputs(tmp_path, POOL, QUOTAS)
    command("select", *paths, "--size", "2", "--seed", "1", "--out", "command", cwd=tmp_path)
    lottery = sortition.lottery(pd.read_csv(paths[0]), pd.read_csv(paths[1]), size=2)
    lottery.draw(seed="1").save(tmp_path / "frames")
    assert timeless(tmp_path / "frames") == timeless(tmp_path / "command")


def test_an_intake_of_frames(tmp_path: Path) -> None:
    form = pd.DataFrame(
        {"E-mail": ["a@x.dk", "b@x.dk", "A@x.dk"], "Køn": ["Kvinde", "Andet", "k"], "Alder": "45"}
    )
    quotas = pd.DataFrame({"feature": "køn", "value": ["kvinde", "mand"], "min": 0, "max": 2})
    form.to_csv(tmp_path / "answers.csv", index=False)
    quotas.to_csv(tmp_path / "quotas.csv", index=False)
    asked = sortition.intake(form, quotas, size=2, out=tmp_path / "asked")
    assert (bool(asked), list(asked.questions["About"])) == (False, ["other"])
    filled = asked.questions.assign(Answer="own value")
    filled.to_csv(tmp_path / "given.csv", index=False)
    taken = sortition.intake(form, quotas, size=2, given=filled, out=tmp_path / "frames")
    options = ("--quotas", "quotas.csv", "--size", "2", "--answers", "given.csv", "--out", "files")
    command("intake", "answers.csv", *options, cwd=tmp_path)
    for path in (tmp_path / "files").iterdir():
        assert path.read_bytes() == (tmp_path / "frames" / path.name).read_bytes(), path.name
    assert bool(taken)
    assert list(taken.pool["køn"]) == ["kvinde", "other"]
    assert taken.quotas is not None
    assert "a@x.dk" not in repr(taken)
