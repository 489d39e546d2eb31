"""Partitions, threads and a real cluster: the same people every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from distributed import LocalCluster

from sortition.errors import InputErrors
from sortition.registry import drawing
from sortition.registry.counting import Part, Values, count
from sortition.registry.drawing import Drawn, Lot, draw_people
from sortition.registry.duck import database
from sortition.registry.engines import Engine, engine
from sortition.registry.source import open_registry
from sortition.registry.tickets import Tickets
from tests.budgets import LARGE, examples, in_large
from tests.registry.making import PLACES, SEED, People, lowest, people, write_csv, write_parquet

ROWS = people(2_000)
LETTERS = {"Nord": 40, "Syd": 3, "Vest": 0, "Øst": 1_000_000}


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2 if LARGE else 1, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        yield str(cluster.scheduler_address)


def parts_at(path: Path, *, excluded: frozenset[str] = frozenset(), threads: int = 1) -> list[Part]:
    return [
        Part(partition=one, id_column="id", by=("sted",), excluded=excluded, threads=threads)
        for one in open_registry(path).partitions
    ]


def drawn(here: Engine, parts: list[Part]) -> list[Drawn]:
    counted = count(here, parts)
    strata = {values: number for number, values in enumerate(sorted(counted.units))}
    letters = [min(LETTERS[place], counted.units[place,]) for (place,) in strata]
    tickets = Tickets(seed=SEED, domain="invite/1")
    lot = Lot(tickets=tickets, strata=strata, letters=letters, columns=tuple(ROWS[0]))
    return draw_people(here, parts, counted, lot)


def cells(people: list[Drawn]) -> list[tuple[str, ...]]:
    return [person.cells for person in people]


def by_definition(rows: People) -> list[tuple[str, ...]]:
    chosen = {
        id
        for place, letters in LETTERS.items()
        for id in lowest([row for row in rows if row["sted"] == place], letters)
    }
    return sorted(tuple(row.values()) for row in rows if row["id"] in chosen)


@pytest.mark.parametrize("parts", [1, 7, pytest.param(50, marks=in_large)])
def test_partitions_and_a_cluster_change_nothing(
    tmp_path: Path, parts: int, scheduler: str
) -> None:
    backwards = ROWS[::-1] if parts == 7 else ROWS
    own = parts_at(write_parquet(tmp_path / "r", backwards, parts=parts, group=300))
    with engine() as here:
        people_here = drawn(here, own)
    assert cells(people_here) == by_definition(ROWS)
    assert [row[0] for row in by_definition(ROWS)] == [person.id for person in people_here]
    with engine(scheduler=scheduler) as there:
        assert drawn(there, own) == people_here


def test_threads_change_nothing(tmp_path: Path) -> None:
    folder = write_parquet(tmp_path / "r", ROWS, parts=3, group=100)
    with engine() as here:
        for threads in (1, 2, 4):
            assert cells(drawn(here, parts_at(folder, threads=threads))) == by_definition(ROWS)


def test_stretches_of_a_file_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = people(5_000)
    folder = write_parquet(tmp_path / "r", rows, parts=2, group=1_024)
    monkeypatch.setattr("sortition.registry.source.STRETCH", 1_500)
    own = parts_at(folder)
    assert [part.partition.rows for part in own] == [2_048, 452] * 2
    with engine() as here:
        assert cells(drawn(here, own)) == by_definition(rows)


def test_csv_streamed_or_whole_changes_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", ROWS, encoding="cp1252")
    for read_whole in (0, 10**9):
        (partition,) = open_registry(path, read_whole=read_whole).partitions
        with engine() as here:
            own = drawn(here, [Part(partition=partition, id_column="id", by=("sted",))])
        assert cells(own) == by_definition(ROWS)


def test_a_limit_that_is_too_low_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def far_too_low(wanted: Mapping[int, int], sizes: Sequence[int], room: int) -> dict[int, str]:
        asked.append(room)
        return limits(wanted, [200 * size for size in sizes], room)

    limits = drawing._limits
    monkeypatch.setattr(drawing, "_limits", far_too_low)
    own = parts_at(write_parquet(tmp_path / "r", ROWS, parts=2))
    with engine() as here:
        assert cells(drawn(here, own)) == by_definition(ROWS)
    assert len(asked) > 2


def test_nobody_who_is_excluded_is_drawn(tmp_path: Path) -> None:
    gone = frozenset(row["id"] for row in ROWS[::3])
    own = parts_at(write_parquet(tmp_path / "r", ROWS, parts=2), excluded=gone)
    with engine() as here:
        assert cells(drawn(here, own)) == by_definition(
            [row for row in ROWS if row["id"] not in gone]
        )


def test_nothing_is_laid_down_and_nothing_loaded() -> None:
    with database(1) as here:
        names = ("temp_directory", "autoinstall_known_extensions", "autoload_known_extensions")
        settings = ", ".join(f"current_setting('{name}')" for name in names)
        assert here.execute(f"SELECT {settings}").fetchone() == ("", False, False)


def test_inclusion_probabilities_by_monte_carlo(tmp_path: Path) -> None:
    """Many seeds: each person's share of draws is within 5 standard errors of letters / people."""
    rows = people(60)
    own = parts_at(write_parquet(tmp_path / "r", rows, parts=2))
    times, letters = examples(50), [3, 7, 1, 0]
    sizes = Counter(row["sted"] for row in rows)
    strata: dict[Values, int] = {(place,): number for number, place in enumerate(PLACES)}
    hits: Counter[str] = Counter()
    with engine() as here:
        counted = count(here, own)
        for seed in range(times):
            tickets = Tickets(seed=str(seed), domain="invite/1")
            lot = Lot(tickets=tickets, strata=strata, letters=letters)
            found = draw_people(here, own, counted, lot)
            hits.update(person.id for person in found)
            assert len(found) == sum(letters)
    for row in rows:
        chance = letters[PLACES.index(row["sted"])] / sizes[row["sted"]]
        error = (chance * (1 - chance) / times) ** 0.5
        assert abs(hits[row["id"]] / times - chance) <= 5 * error


def faults(here: Engine, parts: list[Part]) -> list[tuple[str, str, int | None, str]]:
    with pytest.raises(InputErrors) as caught:
        drawn(here, parts)
    return [(one.code, one.file, one.row, one.value) for one in caught.value.faults]


@pytest.mark.parametrize("where", ["here", "cluster"])
def test_an_id_twice_in_different_partitions(tmp_path: Path, where: str, scheduler: str) -> None:
    rows = people(90)
    rows[77] = {**rows[77], "id": rows[5]["id"]}
    own = parts_at(write_parquet(tmp_path / "r", rows, parts=3))
    with engine(scheduler=scheduler if where == "cluster" else None) as runner:
        assert faults(runner, own) == [("registry-id-duplicate", "part-002.parquet", 18, "P00005")]


def test_blank_and_invisible_ids(tmp_path: Path) -> None:
    rows = people(50)
    rows[10]["id"] = " "
    rows[40]["id"] = "P\u200b1"
    own = parts_at(write_parquet(tmp_path / "r", rows, parts=2))
    with engine() as here:
        assert faults(here, own) == [
            ("id-blank", "part-000.parquet", 11, ""),
            ("id-invisible", "part-001.parquet", 16, "P\u200b1"),
        ]


def test_cpr_numbers_make_no_tickets(tmp_path: Path) -> None:
    rows = people(60)
    for number, row in enumerate(rows):
        row["id"] = f"{number % 28 + 1:02d}0{number % 9 + 1}80-{1000 + number}"
    own = parts_at(write_parquet(tmp_path / "r", rows, parts=2))
    with engine() as here:
        assert [code for code, *_ in faults(here, own)] == ["registry-cpr"]


@in_large  # it is waited for
def test_no_scheduler_answers() -> None:
    with pytest.raises(InputErrors) as caught, engine(scheduler="not an address"):
        pass
    assert [fault.code for fault in caught.value.faults] == ["scheduler-unreachable"]
