from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from sortition.steps.quotas.statistics.choices import read_choices
from sortition.steps.quotas.statistics.reading import Statistics, read_statistics
from tests.tables.making import codes, faults_of, places, write, write_workbook
from tests.test_samples import SAMPLES, rows_of

FOLK = """\
OMRÅDE;KØN;ALDER;TID;INDHOLD
Skovby;I alt;Alder i alt;2025K1;60
Skovby;I alt;15 år;2025K1;7
Skovby;I alt;16 år;2025K1;11
Skovby;I alt;17 år;2025K1;15
Skovby;I alt;18 år og derover;2025K1;27
Skovby;Mænd;Alder i alt;2025K1;20
Skovby;Mænd;15 år;2025K1;2
Skovby;Mænd;16 år;2025K1;4
Skovby;Mænd;17 år;2025K1;6
Skovby;Mænd;18 år og derover;2025K1;8
Skovby;Kvinder;Alder i alt;2025K1;40
Skovby;Kvinder;15 år;2025K1;5
Skovby;Kvinder;16 år;2025K1;7
Skovby;Kvinder;17 år;2025K1;9
Skovby;Kvinder;18 år og derover;2025K1;19
"""
BANDS = ("16-17", "18+")
EDUCATION = "feature,value,population\neducation,short,300\neducation,long,100.5\n"
Counts = dict[str, dict[str, Fraction]]


def read(*paths: Path, **choices: Any) -> Statistics:
    return read_statistics(paths, read_choices(**choices))


def counts(statistics: Statistics) -> Counts:
    return {count.feature: dict(count.people) for count in statistics.features}


def of(text: str, folder: Path, **choices: Any) -> Statistics:
    return read(write(folder / "f.csv", text), **choices)


@pytest.mark.parametrize(
    ("data", "assumed"),
    [
        (("\ufeff" + FOLK.replace("\n", "\r\n")).encode(), []),
        (FOLK.encode(), []),
        (FOLK.encode("cp1252"), ["encoding-assumed"]),
        (FOLK.replace(";", "\t").encode(), []),
    ],
)
def test_an_export_as_it_comes(tmp_path: Path, data: bytes, assumed: list[str]) -> None:
    found = read(write(tmp_path / "folk.csv", data), ages=BANDS)
    assert counts(found) == {"KØN": {"Mænd": 18, "Kvinder": 35}, "ALDER": {"16-17": 26, "18+": 27}}
    assert list(counts(found)["ALDER"]) == ["16-17", "18+"]
    assert codes(found.assumed) == [*assumed, "delimiter-assumed", "statistics-ages-left-out"]
    assert found.assumed[-1].facts == {"people": 7}
    (file,) = found.files
    assert (file.area, file.time) == ("Skovby", "2025K1")
    assert file.left_out == 7


def test_the_order_of_rows_changes_no_figure(tmp_path: Path) -> None:
    header, *rows = FOLK.splitlines()
    text = "\n".join([header, *reversed(rows)])
    assert counts(of(text, tmp_path, ages=BANDS)) == counts(of(FOLK, tmp_path, ages=BANDS))


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["kriterium", "værdi", "antal"],
        ["bydel", "Nord", 30],
        ["bydel", "Syd", 12.5],
    ]
    found = read(write_workbook(tmp_path / "f.xlsx", rows))
    assert counts(found) == {"bydel": {"Nord": 30, "Syd": Fraction("12.5")}}
    assert found.files[0].table.sheet == "S1"


def test_tables_are_joined_by_feature(tmp_path: Path) -> None:
    folk = write(tmp_path / "folk.csv", FOLK)
    education = write(tmp_path / "education.csv", EDUCATION)
    found = read(folk, education, ages=BANDS)
    assert list(counts(found)) == ["KØN", "ALDER", "education"]
    assert counts(found)["education"] == {"short": 300, "long": Fraction("100.5")}
    assert codes(found.assumed)[-2:] == ["statistics-without-ages", "statistics-totals-uneven"]
    assert found.assumed[-1].facts == {"totals": "KØN 53, ALDER 53, education 400.5"}


def test_a_feature_belongs_to_one_file(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", "sex,age,people\nf,young,1\nf,old,2\nm,young,3\nm,old,4\n")
    two = write(tmp_path / "two.csv", "Sex,job,people\nf,a,1\nf,b,2\nm,a,3\nm,b,4\n")
    faults = faults_of(lambda: read(one, two))
    assert places(faults) == [("statistics-feature-twice", None, "Sex", "")]
    assert faults[0].file == "two.csv"
    chosen = read(one, two, features=["age", "two.csv:sex", "job"])
    assert counts(chosen) == {
        "age": {"young": 4, "old": 6},
        "Sex": {"f": 3, "m": 7},
        "job": {"a": 4, "b": 6},
    }


def test_ages_restrict_every_feature_that_they_are_crossed_with(tmp_path: Path) -> None:
    found = of(FOLK, tmp_path, ages=["18+"], features=["KØN"])
    assert counts(found) == {"KØN": {"Mænd": 8, "Kvinder": 19}}


def test_one_band_alone_is_no_feature(tmp_path: Path) -> None:
    found = of(FOLK, tmp_path, ages=["17+"])
    assert counts(found) == {"KØN": {"Mænd": 14, "Kvinder": 28}}
    assert "statistics-one-value" in codes(found.assumed)


def test_a_band_may_end_where_the_table_does(tmp_path: Path) -> None:
    text = "alder,antal\n16 år,5\n17 år,6\n18 år,7\n19 år,0\n"
    found = of(text, tmp_path, ages=["16-17", "18+"])
    assert counts(found) == {"alder": {"16-17": 11, "18+": 7}}
    assert codes(found.assumed) == ["statistics-ages-end"]


@pytest.mark.parametrize(
    ("ages", "faults"),
    [
        (["16", "17+"], [("statistics-age-straddles", 3, "ALDER", "15-16 år")]),
        (["15-18"], [("statistics-age-straddles", 4, "ALDER", "17+")]),
        (["10-16", "17+"], [("statistics-ages-missing", None, "ALDER", "10-16")]),
    ],
)
def test_bands_that_the_ages_do_not_fit(
    tmp_path: Path, ages: list[str], faults: list[tuple[object, ...]]
) -> None:
    text = "KØN,ALDER,antal\nm,14 år,1\nm,15-16 år,2\nm,17+,2\nk,14 år,1\nk,15-16 år,2\nk,17+,2\n"
    assert places(faults_of(lambda: of(text, tmp_path, ages=ages))) == faults


@pytest.mark.parametrize(
    ("text", "ages", "faults"),
    [
        (FOLK, (), [("statistics-ages-single", None, "ALDER", "")]),
        (
            "alder,antal\n16-19,1\n18,2\n20+,2\n",
            (),
            [("statistics-ages-overlap", 2, "alder", "16-19")],
        ),
        (
            "alder,antal\n16-19,1\nukendt,2\n20+,2\n",
            ["16+"],
            [("statistics-age-unclear", 3, "alder", "ukendt")],
        ),
        (EDUCATION, ["16+"], [("statistics-ages-nowhere", None, "", "")]),
    ],
)
def test_ages_that_cannot_be_used(
    tmp_path: Path, text: str, ages: tuple[str, ...], faults: list[tuple[object, ...]]
) -> None:
    assert places(faults_of(lambda: of(text, tmp_path, ages=ages))) == faults


TWO_AREAS = """\
OMRÅDE,KØN,TID,INDHOLD
Hele landet,I alt,2025K1,900
Hele landet,m,2025K1,500
Hele landet,k,2025K1,400
851 Skovby,I alt,2025K1,9
851 Skovby,m,2025K1,5
851 Skovby,k,2025K1,4
860 Østby,I alt,2025K1,891
860 Østby,m,2025K1,495
860 Østby,k,2025K1,396
"""


def test_several_areas_are_asked_about(tmp_path: Path) -> None:
    faults = faults_of(lambda: of(TWO_AREAS, tmp_path))
    assert places(faults) == [("statistics-areas-several", None, "OMRÅDE", "")]
    assert "“860 Østby”" in str(faults[0].facts["areas"])


@pytest.mark.parametrize("area", ["skovby", "851 Skovby"])
def test_an_area_is_chosen(tmp_path: Path, area: str) -> None:
    found = of(TWO_AREAS, tmp_path, area=area)
    assert counts(found) == {"KØN": {"m": 5, "k": 4}}
    assert found.files[0].area == "851 Skovby"


def test_areas_as_a_feature(tmp_path: Path) -> None:
    found = of(TWO_AREAS, tmp_path, features=["område"])
    assert counts(found) == {"OMRÅDE": {"851 Skovby": 9, "860 Østby": 891}}
    assert found.assumed == ()
    regions = TWO_AREAS + "Region Nord,m,2025K1,1\n"
    faults = faults_of(lambda: of(regions, tmp_path, features=["område"]))
    assert codes(faults) == ["statistics-areas-overlap"]


@pytest.mark.parametrize(
    ("text", "area", "code"),
    [
        (TWO_AREAS, "Vestby", "statistics-area-unknown"),
        (EDUCATION, "Skovby", "statistics-without-area"),
    ],
)
def test_an_area_that_is_not_there(tmp_path: Path, text: str, area: str, code: str) -> None:
    assert codes(faults_of(lambda: of(text, tmp_path, area=area))) == [code]


@pytest.mark.parametrize("order", list(permutations(["2024K4", "2025K1", "2024K1"])))
def test_the_latest_time_is_used_and_that_is_said(tmp_path: Path, order: tuple[str, ...]) -> None:
    people = {"2024K4": 1, "2025K1": 2, "2024K1": 3}
    rows = "".join(f"f,{time},{people[time]}\nm,{time},9\n" for time in order)
    found = of("sex,TID,INDHOLD\n" + rows, tmp_path)
    assert counts(found) == {"sex": {"f": 2, "m": 9}}
    assert places(found.assumed) == [("statistics-latest", None, "TID", "2025K1")]


def test_months_are_told_by_their_number(tmp_path: Path) -> None:
    found = of("sex,time,people\nf,2025M9,1\nm,2025M9,2\nf,2025M10,3\nm,2025M10,4\n", tmp_path)
    assert counts(found) == {"sex": {"f": 3, "m": 4}}


@pytest.mark.parametrize("times", [("2024", "2024K1"), ("spring", "autumn")])
def test_times_that_nobody_can_order(tmp_path: Path, times: tuple[str, ...]) -> None:
    rows = "".join(f"f,{time},1\nm,{time},9\n" for time in times)
    faults = faults_of(lambda: of("sex,TID,INDHOLD\n" + rows, tmp_path))
    assert codes(faults) == ["statistics-times-unclear"]


def test_a_total_that_differs_from_its_parts_is_reported(tmp_path: Path) -> None:
    text = FOLK.replace("I alt;16 år;2025K1;11", "I alt;16 år;2025K1;12")
    found = of(text, tmp_path, ages=BANDS)
    (said,) = [found for found in found.assumed if found.code == "statistics-total-differs"]
    assert (said.row, said.facts) == (4, {"total": 12, "sum": 11})
    missing = FOLK.replace("Skovby;Kvinder;17 år;2025K1;9\n", "")
    found = of(missing, tmp_path, ages=BANDS)
    (said,) = [found for found in found.assumed if found.code == "statistics-total-differs"]
    assert said.facts == {"total": 60, "sum": 51, "more": 2}


def test_totals_in_a_table_of_features(tmp_path: Path) -> None:
    found = of(EDUCATION + "education,Total,400\n", tmp_path)
    assert counts(found) == {"education": {"short": 300, "long": Fraction("100.5")}}
    assert places(found.assumed) == [
        ("statistics-fractions", 3, "population", "100.5"),
        ("statistics-total-differs", 4, "", "Total"),
    ]


def test_a_total_of_everything_and_a_source_below_are_passed_over(tmp_path: Path) -> None:
    text = EDUCATION + "Total,,400.5\n,,\nSource: Statistics Denmark,,\n"
    found = of(text, tmp_path)
    assert counts(found) == {"education": {"short": 300, "long": Fraction("100.5")}}
    assert places(found.assumed) == [
        ("blank-rows-dropped", None, "", ""),
        ("notes-passed-over", 6, "", ""),
        ("statistics-row-of-total", 4, "", "Total"),
        ("statistics-fractions", 3, "population", "100.5"),
    ]


def test_a_feature_of_which_there_is_only_the_total_is_none(tmp_path: Path) -> None:
    text = "KØN;ALDER;INDHOLD\nI alt;I alt;9\nMænd;I alt;4\nKvinder;I alt;5\n"
    assert counts(of(text, tmp_path)) == {"KØN": {"Mænd": 4, "Kvinder": 5}}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("KØN;INDHOLD\nI alt;9\n", [("statistics-only-totals", None, "", "")]),
        ("KØN;INDHOLD\nm;9\nk;1\nM;2\n", [("statistics-row-twice", 4, "", "m")]),
        ("KØN;INDHOLD\nm;9\n;1\n", [("statistics-label-blank", 3, "KØN", "")]),
        ("KØN;INDHOLD\nm;9\nk;..\n", [("statistics-figure-unclear", 3, "INDHOLD", "..")]),
        ("ALDER;Mænd\n16-29;4\n", [("statistics-count-unknown", None, "", "")]),
        ("KØN;antal;folketal\nm;1;2\n", [("statistics-columns-ambiguous", None, "", "")]),
        ("KØN;antal;Antal\nm;1;2\n", [("statistics-columns-ambiguous", None, "", "")]),
        ("OMRÅDE;region;KØN;antal\na;b;m;2\n", [("statistics-columns-ambiguous", None, "", "")]),
        (
            "category;feature;value;antal\na;b;c;2\n",
            [("statistics-columns-ambiguous", None, "", "")],
        ),
        ("TID;INDHOLD\n2025;9\n", [("statistics-no-features", None, "", "")]),
        ("KØN;INDHOLD\nm;9\n", [("statistics-no-features", None, "", "")]),
        ("KØN;INDHOLD\nm;0\nk;-\n", [("statistics-nobody", None, "KØN", "")]),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, text: str, faults: list[tuple[object, ...]]) -> None:
    assert places(faults_of(lambda: of(text, tmp_path))) == faults


def test_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", "KØN;INDHOLD\nm;9\n;many\n")
    faults = faults_of(lambda: read(one, tmp_path / "two.csv"))
    assert codes(faults) == ["statistics-label-blank", "statistics-figure-unclear", "file-missing"]


def test_percentages_and_comments_beside_the_people_do_no_harm(tmp_path: Path) -> None:
    found = of("bydel;antal;pct\nNord;30;75\nSyd;10;25\n# from the registry;;\n", tmp_path)
    assert counts(found) == {"bydel": {"Nord": 30, "Syd": 10}}
    assert codes(found.assumed) == [
        "delimiter-assumed",
        "quota-columns-not-used",
        "comment-passed-over",
    ]


def test_other_names_and_values_counted_together(tmp_path: Path) -> None:
    text = "HFUDD;antal\nH10 Grundskole;5\nH20 Gymnasial;4\nH30 Faglig;3\n"
    names = ["hfudd=uddannelse", "H20 Gymnasial=Ungdomsuddannelse", "H30 Faglig=Ungdomsuddannelse"]
    found = of(text, tmp_path, names=names)
    assert counts(found) == {"uddannelse": {"H10 Grundskole": 5, "Ungdomsuddannelse": 7}}


@pytest.mark.parametrize(
    ("choices", "fault"),
    [
        ({"names": ["KØN"]}, ("statistics-name-unclear", None, "", "KØN")),
        ({"names": ["=x"]}, ("statistics-name-unclear", None, "", "=x")),
        ({"names": ["m=a", "M=b"]}, ("statistics-name-unclear", None, "", "M=b")),
        ({"names": ["mand=Mand"]}, ("statistics-name-unknown", None, "", "mand")),
        ({"features": ["sex"]}, ("statistics-feature-unknown", None, "", "sex")),
        ({"features": ["g.csv:KØN"]}, ("statistics-feature-unknown", None, "", "g.csv:KØN")),
    ],
)
def test_choices_that_mean_nothing(
    tmp_path: Path, choices: dict[str, list[str]], fault: tuple[object, ...]
) -> None:
    faults = faults_of(lambda: of("KØN;INDHOLD\nm;9\nk;8\n", tmp_path, **choices))
    assert places(faults) == [fault]


def test_the_samples_count_the_registry() -> None:
    found = read(
        SAMPLES / "folketal.csv",
        SAMPLES / "uddannelse_bydel.csv",
        ages=["16-29", "30-44", "45-59", "60+"],
        names=["Mænd=Mand", "Kvinder=Kvinde", "KØN=køn", "ALDER=aldersgruppe"],
    )
    registry = rows_of("registry.csv", "cp1252")
    assert list(counts(found)) == ["køn", "aldersgruppe", "uddannelse", "bydel"]
    for feature, people in counts(found).items():
        held = Counter(row[feature].removesuffix(" år") for row in registry)
        assert people == held
