"""The committed sample data are what their README says."""

import csv
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook
from scipy.optimize import Bounds, LinearConstraint, milp

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
TABLES = ("pool", "quotas")
FEATURES = ("køn", "aldersgruppe", "uddannelse", "bydel")
PANEL_SIZE = 36

Row = dict[str, str]


def rows_of(name: str, encoding: str) -> list[Row]:
    with (SAMPLES / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


@pytest.fixture(scope="module")
def registry() -> list[Row]:
    return rows_of("registry.csv", "cp1252")


@pytest.fixture(scope="module")
def pool() -> list[Row]:
    return rows_of("pool.csv", "utf-8")


@pytest.fixture(scope="module")
def quotas() -> list[Row]:
    return rows_of("quotas.csv", "utf-8")


def share(rows: list[Row], feature: str, value: str) -> float:
    return sum(row[feature] == value for row in rows) / len(rows)


def homes(rows: list[Row]) -> Counter[tuple[str, str]]:
    return Counter((row["adresse"], row["postnummer"]) for row in rows)


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_script_makes_the_same_bytes(tmp_path: Path, hash_seed: str) -> None:
    script = ROOT / "scripts" / "make_samples.py"
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, script, tmp_path], check=True, env=environment)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in SAMPLES.iterdir()}
    del committed["README.md"]
    assert sorted(made) == sorted(committed)
    assert [name for name in sorted(made) if made[name] != committed[name]] == []


def test_the_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 2_500_000


@pytest.mark.parametrize("table", TABLES)
def test_utf8_has_no_byte_order_mark_and_windows1252_is_not_utf8(table: str) -> None:
    utf8 = (SAMPLES / f"{table}.csv").read_bytes()
    windows = (SAMPLES / f"{table}_windows1252.csv").read_bytes()
    assert not utf8.startswith(b"\xef\xbb\xbf")
    assert utf8.decode("utf-8") == windows.decode("cp1252")
    assert "ø".encode() in utf8
    assert b"\xf8" in windows
    with pytest.raises(UnicodeDecodeError):
        windows.decode("utf-8")


def test_the_registry_is_windows1252() -> None:
    content = (SAMPLES / "registry.csv").read_bytes()
    assert b"k\xf8n" in content.splitlines()[0]
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


@pytest.mark.parametrize(("table", "title"), [("pool", "Deltagere"), ("quotas", "Kvoter")])
def test_the_workbook_holds_the_same_table(table: str, title: str) -> None:
    workbook = load_workbook(SAMPLES / f"{table}.xlsx")
    assert workbook.sheetnames == [title]
    header, *cells = list(workbook[title].iter_rows())
    assert all(cell.font.bold for cell in header)
    assert not any(cell.font.bold for cell in cells[0])
    expected = rows_of(f"{table}.csv", "utf-8")
    assert [cell.value for cell in header] == list(expected[0])
    numbers = {"min", "max"}
    assert [[cell.value for cell in row] for row in cells] == [
        [int(text) if column in numbers else text for column, text in row.items()]
        for row in expected
    ]


def test_the_registry_has_its_columns_and_ids(registry: list[Row]) -> None:
    assert ";".join(registry[0]) == (
        "person_id;fornavn;efternavn;køn;alder;aldersgruppe;uddannelse;bydel;"
        "adresse;postnummer;by;digital_post"
    )
    assert [row["person_id"] for row in registry] == [f"S{i:05}" for i in range(1, 12_006)]
    assert {row["digital_post"] for row in registry} == {"Ja", "Nej"}
    assert all(text for row in registry for text in row.values())


def test_ages_belong_to_their_groups(registry: list[Row]) -> None:
    ages = defaultdict(set)
    for row in registry:
        ages[row["aldersgruppe"]].add(int(row["alder"]))
    assert {group: (min(of), max(of)) for group, of in ages.items() if group != "60+ år"} == {
        "16-29 år": (16, 29),
        "30-44 år": (30, 44),
        "45-59 år": (45, 59),
    }
    assert min(ages["60+ år"]) == 60
    assert max(ages["60+ år"]) < 100


def test_the_registry_looks_like_a_municipality(registry: list[Row]) -> None:
    sizes = Counter(homes(registry).values())
    assert set(sizes) == {1, 2, 3, 4, 5}
    assert 1.7 < len(registry) / sizes.total() < 1.9
    assert 0.48 < share(registry, "køn", "Kvinde") < 0.52
    assert 0.22 < share(registry, "aldersgruppe", "16-29 år") < 0.27
    assert 0.28 < share(registry, "aldersgruppe", "60+ år") < 0.33
    assert 0.25 < share(registry, "uddannelse", "Grundskole") < 0.30
    assert 0.09 < share(registry, "uddannelse", "Lang videregående") < 0.13
    districts = Counter(row["bydel"] for row in registry)
    assert [round(100 * n / len(registry)) for _, n in districts.most_common()] == [
        *(33, 25, 19, 14, 9)
    ]


def test_an_address_needs_its_postcode(registry: list[Row], pool: list[Row]) -> None:
    for rows in (registry, pool):
        assert len({row["adresse"] for row in rows}) < len(homes(rows))
    districts = {(row["adresse"], row["postnummer"], row["bydel"], row["by"]) for row in registry}
    assert len(districts) == len(homes(registry))


def test_the_pool_has_its_columns_and_ids(pool: list[Row]) -> None:
    assert ";".join(pool[0]) == (
        "deltager_id;fornavn;efternavn;køn;aldersgruppe;uddannelse;bydel;"
        "adresse;postnummer;by;telefon;email"
    )
    assert [row["deltager_id"] for row in pool] == [f"{i:04}" for i in range(1, 501)]
    assert all(text for row in pool for text in row.values())


def test_contact_details_are_plainly_fake(pool: list[Row]) -> None:
    assert all(re.fullmatch(r"\+45 00( \d\d){3}", row["telefon"]) for row in pool)
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+\.\d{4}@example\.org", row["email"]) for row in pool)


@pytest.mark.parametrize("column", ["fornavn", "efternavn", "adresse"])
def test_danish_letters_are_in_names_and_streets(pool: list[Row], column: str) -> None:
    text = "".join(row[column] for row in pool)
    assert set("æøå") <= set(text.lower())


def test_volunteers_are_registered_and_in_another_order(
    registry: list[Row], pool: list[Row]
) -> None:
    shared = [column for column in pool[0] if column in registry[0]]
    places = defaultdict(list)
    for place, row in enumerate(registry):
        places[tuple(row[column] for column in shared)].append(place)
    order = [places[tuple(row[column] for column in shared)][0] for row in pool]
    ascents = sum(a < b for a, b in pairwise(order))
    assert 200 < ascents < 300


@pytest.mark.parametrize(
    ("feature", "value", "least", "most"),
    [
        ("uddannelse", "Grundskole", 0.4, 0.6),
        ("aldersgruppe", "16-29 år", 0.4, 0.6),
        ("aldersgruppe", "60+ år", 1.2, 1.5),
        ("uddannelse", "Kort eller mellemlang videregående", 1.3, 1.6),
        ("uddannelse", "Lang videregående", 2.0, 3.0),
    ],
)
def test_volunteers_chose_themselves(
    registry: list[Row], pool: list[Row], feature: str, value: str, least: float, most: float
) -> None:
    assert least < share(pool, feature, value) / share(registry, feature, value) < most


def test_some_volunteers_share_an_address(pool: list[Row]) -> None:
    sizes = homes(pool).values()
    assert sum(size for size in sizes if size > 1) == 45
    assert max(sizes) == 3


def test_every_value_of_the_pool_has_one_quota(pool: list[Row], quotas: list[Row]) -> None:
    assert list(quotas[0]) == ["kriterium", "værdi", "min", "max"]
    held = {(feature, row[feature]) for row in pool for feature in FEATURES}
    assert sorted((row["kriterium"], row["værdi"]) for row in quotas) == sorted(held)


def test_quotas_are_proportionate_to_the_registry(registry: list[Row], quotas: list[Row]) -> None:
    for row in quotas:
        count = sum(member[row["kriterium"]] == row["værdi"] for member in registry)
        seats = Fraction(PANEL_SIZE * count, len(registry))
        lower, upper = int(row["min"]), int(row["max"])
        assert 1 <= upper - lower <= 2
        assert 1 < lower < seats < upper
    for feature in FEATURES:
        rows = [row for row in quotas if row["kriterium"] == feature]
        assert sum(int(row["min"]) for row in rows) < PANEL_SIZE
        assert sum(int(row["max"]) for row in rows) > PANEL_SIZE


def panel_rules(pool: list[Row], quotas: list[Row]) -> LinearConstraint:
    """Which choices of people, ones among zeros, are panels."""
    rules = [
        ([row[quota["kriterium"]] == quota["værdi"] for row in pool], quota["min"], quota["max"])
        for quota in quotas
    ]
    rules += [
        ([(row["adresse"], row["postnummer"]) == home for row in pool], "0", "1")
        for home, size in homes(pool).items()
        if size > 1
    ]
    rules.append(([True] * len(pool), str(PANEL_SIZE), str(PANEL_SIZE)))
    matrix, lower, upper = (np.array(part, dtype=float) for part in zip(*rules, strict=True))
    return LinearConstraint(matrix, lower, upper)


def test_everybody_is_on_some_panel(pool: list[Row], quotas: list[Row]) -> None:
    rules = panel_rules(pool, quotas)
    unseen, whole = np.ones(len(pool)), np.ones(len(pool), dtype=np.int64)
    while unseen.any():
        found = milp(-unseen, constraints=rules, bounds=Bounds(0, 1), integrality=whole)
        assert found.success
        seen = found.x > 0.5
        assert unseen[seen].any()
        unseen[seen] = 0


def test_the_abundant_are_the_ones_with_the_least_chance(
    pool: list[Row], quotas: list[Row]
) -> None:
    upper = {(row["kriterium"], row["værdi"]): int(row["max"]) for row in quotas}
    counts = Counter((feature, row[feature]) for row in pool for feature in FEATURES)
    ceilings = {key: Fraction(upper[key], counts[key]) for key in upper}
    lowest = min(ceilings, key=lambda key: ceilings[key])
    assert lowest == ("uddannelse", "Lang videregående")
    assert ceilings[lowest] == Fraction(5, 137)
