from __future__ import annotations

import itertools
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.instance.reading import Reading, read_instance
from sortition.model import Pool, PoolMember, Quota
from sortition.texts import describe
from tests.tables.making import POOL, QUOTAS, codes, faults_of, places, write, write_workbook


def _read(
    tmp_path: Path,
    pool: str | bytes = POOL,
    quotas: str | bytes = QUOTAS,
    *,
    panel_size: int = 2,
    id_column: str | None = None,
    household_columns: tuple[str, ...] = (),
    household_limit: int = 1,
) -> Reading:
    return read_instance(
        write(tmp_path / "pool.csv", pool),
        write(tmp_path / "quotas.csv", quotas),
        panel_size=panel_size,
        id_column=id_column,
        household_columns=household_columns,
        household_limit=household_limit,
    )


def test_an_instance(tmp_path: Path) -> None:
    read = _read(tmp_path)
    assert read.instance.panel_size == 2
    assert read.instance.pool == Pool(
        features=("age", "gender"),
        members=(
            PoolMember(id="007", values=("16-25", "female")),
            PoolMember(id="008", values=("26+", "male")),
            PoolMember(id="009", values=("26+", "female")),
        ),
    )
    assert Quota(feature="gender", value="male", lower=1, upper=2) in read.instance.quotas.rows
    assert read.digests == {
        "pool": sha256(POOL.encode()).hexdigest(),
        "quotas": sha256(QUOTAS.encode()).hexdigest(),
    }
    assert read.assumed == (Finding(code="id-column-assumed", file="pool.csv", column="id"),)


def test_the_same_people_in_a_workbook_give_the_same_instance(tmp_path: Path) -> None:
    pool = write_workbook(tmp_path / "pool.xlsx", [line.split(",") for line in POOL.splitlines()])
    quotas = write_workbook(
        tmp_path / "quotas.xlsx", [line.split(",") for line in QUOTAS.splitlines()]
    )
    read = read_instance(pool, quotas, panel_size=2)
    assert read.instance == _read(tmp_path).instance


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    head, *rows = ["id,gender,age,street", "1,female,26+,B", "2,male,26+,A", "3,male,16-25,B"]
    rows.append("4,female,16-25,A")
    instances = [
        _read(tmp_path, "\n".join([head, *order]), household_columns=("street",)).instance
        for order in itertools.permutations(rows)
    ]
    assert all(instance == instances[0] for instance in instances)
    assert [member.household for member in instances[0].pool.members] == [1, 0, 1, 0]


def test_a_danish_pair_of_files(tmp_path: Path) -> None:
    pool = "Løbenummer;Køn;Alder\n01;Kvinde;16–25\n02;Mand;60+\n".encode("cp1252")
    quotas = "kriterium;værdi;mindst;højst\nKøn;Kvinde;0;1\nKøn;Mand;0;1\n"
    quotas += "Alder;16-25 år;0;1\nAlder;60+ år;0;1\n"
    read = _read(tmp_path, pool, quotas)
    assert read.instance.pool.members == (
        PoolMember(id="01", values=("16-25 år", "Kvinde")),
        PoolMember(id="02", values=("60+ år", "Mand")),
    )
    assert codes(read.assumed) == [
        "encoding-assumed",
        "delimiter-assumed",
        "value-matched",
        "value-matched",
        "id-column-assumed",
        "delimiter-assumed",
    ]


def test_faults_of_both_files_are_raised_together(tmp_path: Path) -> None:
    pool = "id,gender,age\n1,female,26+\n1,male,26+\n"
    quotas = QUOTAS.replace("gender,male,1,2", "gender,male,2,1")
    faults = faults_of(lambda: _read(tmp_path, pool, quotas, panel_size=3))
    assert [(fault.file, fault.code) for fault in faults] == [
        ("quotas.csv", "quota-crossed"),
        ("pool.csv", "id-duplicate"),
        ("pool.csv", "panel-larger-than-pool"),
    ]


def test_two_missing_files_are_two_faults(tmp_path: Path) -> None:
    pool, quotas = tmp_path / "pool.csv", tmp_path / "quotas.csv"
    assert codes(faults_of(lambda: read_instance(pool, quotas, panel_size=2))) == [
        "file-missing",
        "file-missing",
    ]


def test_bounds_that_cannot_add_up_are_placed(tmp_path: Path) -> None:
    faults = faults_of(lambda: _read(tmp_path, panel_size=1))
    assert faults == (
        Finding(
            code="quota-minimums-exceed-size",
            file="quotas.csv",
            row=2,
            column="gender",
            facts={"total": 2, "size": 1},
        ),
    )


def test_panel_sizes(tmp_path: Path) -> None:
    assert faults_of(lambda: _read(tmp_path, panel_size=0)) == (
        Finding(code="panel-size-not-positive", value="0"),
    )
    assert places(faults_of(lambda: _read(tmp_path, panel_size=4)))[0] == (
        "panel-larger-than-pool",
        None,
        "",
        "",
    )


def test_an_address_stays_out_of_the_instance_and_the_findings(tmp_path: Path) -> None:
    pool = "id,gender,age,street\n1,female,26+,Secret 1\n2,male,26+,secret 1\n3,male,26+,\n"
    read = _read(tmp_path, pool, household_columns=("street",))
    assert [member.household for member in read.instance.pool.members] == [0, 0, None]
    assert "ecret" not in repr(read.instance)
    assert "ecret" not in repr(read.assumed)


def test_how_many_people_of_a_household(tmp_path: Path) -> None:
    pool = "id,gender,age,street\n1,female,26+,A\n2,male,26+,A\n3,male,26+,B\n"
    read = _read(tmp_path, pool, household_columns=("street",), household_limit=2)
    assert read.instance.household_limit == 2
    assert _read(tmp_path, pool, household_columns=("street",)).instance.household_limit == 1
    assert _read(tmp_path, pool).instance.household_limit == 1


@pytest.mark.parametrize(
    ("columns", "limit", "code"),
    [
        ((), 0, "household-limit-not-positive"),
        (("age",), -1, "household-limit-not-positive"),
        ((), 2, "household-limit-without-columns"),
    ],
)
def test_household_limits(tmp_path: Path, columns: tuple[str, ...], limit: int, code: str) -> None:
    assert faults_of(lambda: _read(tmp_path, household_columns=columns, household_limit=limit)) == (
        Finding(code=code, value=str(limit)),
    )


PERCENTAGES = "feature,value,%\ngender,female,50\ngender,male,50\nage,16-25,30\nage,26+,70\n"


def test_percentages_are_of_the_panel(tmp_path: Path) -> None:
    read = _read(tmp_path, quotas=PERCENTAGES, panel_size=3)
    assert [(row.lower, row.upper) for row in read.instance.quotas.rows] == [
        (0, 1),
        (2, 3),
        (1, 2),
        (1, 2),
    ]
    assert codes(read.assumed) == ["id-column-assumed", *["quota-percentage-read"] * 4]


def test_a_panel_size_of_nobody_hides_no_other_fault(tmp_path: Path) -> None:
    quotas = PERCENTAGES.replace("70", "75")
    faults = faults_of(lambda: _read(tmp_path, quotas=quotas, panel_size=-1))
    assert places(faults) == [
        ("quota-percentage-total", 4, "age", ""),
        ("panel-size-not-positive", None, "", "-1"),
    ]


def test_csv_is_read_without_the_slow_imports(tmp_path: Path) -> None:
    write(tmp_path / "pool.csv", POOL)
    write(tmp_path / "quotas.csv", QUOTAS)
    code = (
        "import sys; from pathlib import Path; "
        "from sortition.instance.reading import read_instance;"
        "read_instance(Path('pool.csv'), Path('quotas.csv'), panel_size=2);"
        "sys.exit(','.join({'openpyxl', 'pandas'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.stderr.strip() == ""


def test_a_row_that_is_too_long_hides_no_other_fault(tmp_path: Path) -> None:
    pool = "id,gender,age\n1,female,16-25,x\n1,femal,26+\n,male,26+\n2,male,\n1,male,26+\n"
    paths = write(tmp_path / "pool.csv", pool), write(tmp_path / "quotas.csv", QUOTAS)
    found = faults_of(lambda: read_instance(*paths, panel_size=2))
    assert {(fault.code, fault.row) for fault in found} == {
        ("row-too-long", 2),
        ("unknown-value", 3),
        ("id-blank", 4),
        ("value-blank", 5),
        ("id-duplicate", 6),
    }


def test_ages_can_be_made_of_a_column_of_births(tmp_path: Path) -> None:
    pool = "id,gender,Fødselsdato\n1,female,24-11-1958\n"
    paths = write(tmp_path / "pool.csv", pool), write(tmp_path / "quotas.csv", QUOTAS)
    found = faults_of(lambda: read_instance(*paths, panel_size=1))
    (fault,) = [fault for fault in found if fault.code == "feature-without-column"]
    assert "A map makes ages of “Fødselsdato”" in describe(fault)


def test_the_columns_are_listed_once_and_a_question_is_offered(tmp_path: Path) -> None:
    pool = "Dit svar,Hvad er dit gender?\n1,female\n"
    quotas = f"{QUOTAS}zone,A,0,1\nshoe,B,0,1\n"
    paths = write(tmp_path / "pool.csv", pool), write(tmp_path / "quotas.csv", quotas)
    found = faults_of(lambda: read_instance(*paths, panel_size=1))
    said = [describe(fault) for fault in found if fault.code == "feature-without-column"]
    assert len(said) > 2
    assert sum("It has “Dit svar”" in sentence for sentence in said) == 1
    assert sum("`sortition intake` makes a pool of it" in sentence for sentence in said) == 1
    assert sum("“Hvad er dit gender?” may be it." in sentence for sentence in said) == 1
