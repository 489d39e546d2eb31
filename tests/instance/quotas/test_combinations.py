from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.instance.reading import Reading, read_instance
from sortition.model import COMBINATION, PoolMember, Quota
from tests.tables.making import POOL, QUOTAS, faults_of, places, write

YOUNG_WOMEN = (("gender", "female"), ("age", "16-25"))
REGIONS = "id,gender,age,Region\n1,female,26+,Nord\n2,male,26+,nord\n3,male,16-25,Syd\n"


def _with(tmp_path: Path, *rows: str) -> Path:
    return write(tmp_path / "quotas.csv", QUOTAS + "".join(f"{row}\n" for row in rows))


def _read(tmp_path: Path, pool: str, *rows: str) -> Reading:
    quotas = _with(tmp_path, *rows)
    return read_instance(write(tmp_path / "pool.csv", pool), quotas, panel_size=2)


def _quota(value: str, *parts: tuple[str, str]) -> Quota:
    return Quota(feature=COMBINATION, value=value, lower=0, upper=2, parts=parts)


@pytest.mark.parametrize(
    ("feature", "value", "parts"),
    [
        ("combination", "gender=female & age=16-25", YOUNG_WOMEN),
        ("Kombination", "gender=female&age=16-25", YOUNG_WOMEN),
        (" COMBINATION ", "  gender = female   &  age =16-25 ", YOUNG_WOMEN),
        ("combination", "GENDER=Female & Age=16–25 år", YOUNG_WOMEN),
        ("combination", "age=16-25 & gender=female", YOUNG_WOMEN[::-1]),
        ("combination", "gender=female & Zone=a=b", (("gender", "female"), ("Zone", "a=b"))),
        ("combination", "x=A\u030a & y=1", (("x", "Å"), ("y", "1"))),
    ],
)
def test_parts(
    tmp_path: Path, feature: str, value: str, parts: tuple[tuple[str, str], ...]
) -> None:
    sheet = read_quota_sheet(_with(tmp_path, f"{feature},{value},0,2"))
    written = value.strip().replace("A\u030a", "Å")
    # spelled as the features and values are, by which whoever verifies finds them
    written = written.replace("GENDER=Female & Age=16–25 år", "gender=female & age=16-25")
    assert sheet.quotas.of(COMBINATION) == (_quota(written, *parts),)
    assert sheet.rows[COMBINATION, written] == 6
    assert len(sheet.quotas.rows) == 5


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("gender", "combination-part-unclear"),
        ("gender & age=16-25", "combination-part-unclear"),
        ("gender=female &", "combination-part-unclear"),
        ("gender=female && age=16-25", "combination-part-unclear"),
        ("=female & age=16-25", "combination-part-unclear"),
        ("gender= & age=16-25", "combination-part-unclear"),
        ("gender=female", "combination-of-one"),
        ("gender=female & Gender=male", "combination-feature-twice"),
        ("zone=1 & age=26+ & ZONE=2", "combination-feature-twice"),
    ],
)
def test_what_is_no_combination(tmp_path: Path, value: str, code: str) -> None:
    path = _with(tmp_path, f"combination,{value},0,2")
    assert places(faults_of(lambda: read_quota_sheet(path))) == [(code, 6, "value", value)]


def test_a_value_without_a_quota(tmp_path: Path) -> None:
    path = _with(tmp_path, "combination,gender=femle & age=26,0,2")
    facts = {"known": "“female”, “male”", "closest": "female"}
    assert faults_of(lambda: read_quota_sheet(path)) == (
        Finding(
            code="unknown-value",
            file="quotas.csv",
            row=6,
            column="value",
            value="femle",
            facts=facts,
        ),
        Finding(
            code="unknown-value",
            file="quotas.csv",
            row=6,
            column="value",
            value="26",
            facts={"known": "“16-25”, “26+”", "closest": "26+"},
        ),
    )


def test_a_combination_may_stand_above_its_features(tmp_path: Path) -> None:
    head, *rows = QUOTAS.splitlines()
    path = write(
        tmp_path / "q.csv", "\n".join([head, "combination,Gender=FEMALE & age=26+,0,2", *rows])
    )
    sheet = read_quota_sheet(path)
    assert sheet.quotas.of(COMBINATION)[0].parts == (("gender", "female"), ("age", "26+"))
    assert sheet.assumed == (
        Finding(
            code="combination-matched",
            file="q.csv",
            row=2,
            column="value",
            value="Gender=FEMALE & age=26+",
            facts={"meant": "gender=female & age=26+"},
        ),
    )


@pytest.mark.parametrize(
    "again",
    ["gender=female & age=16-25", "AGE=16–25 år&gender=Female", "age=16-25 & gender=female"],
)
def test_the_same_combination_twice(tmp_path: Path, again: str) -> None:
    path = _with(
        tmp_path,
        "combination,gender=female & age=16-25,0,2",
        f"kombination,{again},1,2",
        "combination,gender=male & age=16-25,0,2",
    )
    assert faults_of(lambda: read_quota_sheet(path)) == (
        Finding(
            code="quota-duplicate",
            file="quotas.csv",
            row=7,
            value=again,
            facts={"feature": "kombination", "first": 6},
        ),
    )


def test_all_faults_of_a_file_with_combinations(tmp_path: Path) -> None:
    path = _with(
        tmp_path, "combination,gender=female,3,1", "combination,,0,x", "combination,a=1 & a=2,0,2"
    )
    assert places(faults_of(lambda: read_quota_sheet(path))) == [
        ("quota-crossed", 6, "", ""),
        ("combination-of-one", 6, "value", "gender=female"),
        ("quota-label-blank", 7, "value", ""),
        ("quota-not-whole", 7, "max", "x"),
        ("combination-feature-twice", 8, "value", "a=1 & a=2"),
    ]


def test_two_names_of_a_combination_are_no_spellings_of_a_feature(tmp_path: Path) -> None:
    path = _with(
        tmp_path,
        "combination,gender=female & age=26+,0,2",
        "Kombination,gender=male & age=26+,0,2",
    )
    assert read_quota_sheet(path).assumed == ()


def test_bounds_of_combinations_need_not_add_up_to_the_panel(tmp_path: Path) -> None:
    read = _read(tmp_path, POOL, "combination,gender=female & age=16-25,0,1")
    assert read.instance.quotas.of(COMBINATION)[0].upper == 1
    assert read.instance.pool.features == ("age", "gender")
    assert read.instance.quotas_of() == ((0, 2, 3), (1, 4), (1, 3))


def test_a_feature_without_quotas_is_read_for_a_combination(tmp_path: Path) -> None:
    read = _read(tmp_path, REGIONS, "combination,gender=female & region=NORD,0,2")
    assert read.instance.quotas.of(COMBINATION) == (
        _quota("gender=female & Region=Nord", ("gender", "female"), ("Region", "Nord")),
    )
    assert read.instance.pool.features == ("Region", "age", "gender")
    assert read.instance.pool.members == (
        PoolMember(id="1", values=("Nord", "26+", "female")),
        PoolMember(id="2", values=("Nord", "26+", "male")),
        PoolMember(id="3", values=("Syd", "16-25", "male")),
    )
    assert read.assumed == (
        Finding(code="column-matched", file="pool.csv", column="Region", value="region"),
        Finding(
            code="value-matched",
            file="pool.csv",
            column="Region",
            value="Nord",
            facts={"label": "NORD", "count": 1},
        ),
        Finding(
            code="value-matched",
            file="pool.csv",
            column="Region",
            value="nord",
            facts={"label": "NORD", "count": 1},
        ),
        Finding(code="id-column-assumed", file="pool.csv", column="id"),
    )


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    head, *people = REGIONS.splitlines()
    rows = ["combination,gender=female & region=nord,0,2", "combination,Region=NORD & age=26+,0,2"]
    instances = [
        _read(tmp_path, "\n".join([head, *order]), *ordered).instance
        for order in itertools.permutations(people)
        for ordered in (rows, rows[::-1])
    ]
    assert all(instance == instances[0] for instance in instances)
    assert instances[0].quotas.needed_features == ("Region", "age", "gender")


def test_combinations_without_any_other_quota(tmp_path: Path) -> None:
    quotas = write(
        tmp_path / "q.csv", "feature,value,amount\nkombination,age=26+ & gender=male,1\n"
    )
    read = read_instance(write(tmp_path / "p.csv", POOL), quotas, panel_size=2)
    assert read.instance.pool.features == ("age", "gender")
    assert read.instance.quotas_of() == ((), (0,), ())


def test_a_value_that_nobody_has_is_reported(tmp_path: Path) -> None:
    read = _read(tmp_path, REGIONS, "combination,gender=female & Region=Øst,0,2")
    assert read.instance.quotas.of(COMBINATION)[0].parts[1] == ("Region", "Øst")
    assert read.assumed[0] == Finding(
        code="combination-value-absent", file="pool.csv", column="Region", value="Øst"
    )


def test_faults_of_the_pool(tmp_path: Path) -> None:
    pool = "id,gender,age,Region\n1,female,26+,\n2,male,26+,5-okt\n3,male,x,Syd\n"
    rows = ("combination,region=Syd & age=26+,0,2", "combination,Region=Syd & zone=1,0,2")
    faults = faults_of(lambda: _read(tmp_path, pool, *rows))
    assert places(faults) == [
        ("feature-without-column", None, "zone", ""),
        ("value-blank", 2, "Region", ""),
        ("date-cell", 3, "Region", "5-okt"),
        ("unknown-value", 4, "age", "x"),
    ]


def test_a_column_of_a_combination_is_never_taken_for_the_ids(tmp_path: Path) -> None:
    pool = "id,gender,age,home_id\n1,female,26+,a\n2,male,26+,b\n3,male,16-25,c\n"
    read = _read(tmp_path, pool, "combination,gender=female & home_id=a,0,2")
    assert read.roster.id_column == "id"
