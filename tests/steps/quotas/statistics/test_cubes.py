"""JSON-stat, PX and Eurostat's TSV, with figures that were made up in these shapes."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.steps.quotas.statistics.choices import read_choices
from sortition.steps.quotas.statistics.json_stat import read_json_stat
from sortition.steps.quotas.statistics.px import read_px
from sortition.steps.quotas.statistics.reading import read_statistics
from tests.steps.quotas.statistics.test_reading import counts, read
from tests.tables.making import faults_of, write, write_workbook

SEXES, AGES, YEARS = ("män", "kvinnor"), ("16-29 år", "30+ år"), ("2023", "2024")
FIGURES = {key: 10 * n + 3 for n, key in enumerate(product(SEXES, AGES, YEARS), start=1)}
PEOPLE = {
    "kön": {
        sex: sum(n for key, n in FIGURES.items() if key[::2] == (sex, "2024")) for sex in SEXES
    },
    "ålder": {
        age: sum(n for key, n in FIGURES.items() if key[1:] == (age, "2024")) for age in AGES
    },
}


def json_stat(**changes: Any) -> dict[str, Any]:
    def dimension(label: str, codes: dict[str, str]) -> dict[str, Any]:
        index = {code: place for place, code in enumerate(codes)}
        return {"label": label, "category": {"index": index, "label": codes}}

    document = {
        "version": "2.0",
        "class": "dataset",
        "label": "Folkmängd efter region, kön, ålder, tabellinnehåll och år",
        "id": ["Region", "Kon", "Alder", "ContentsCode", "Tid"],
        "size": [1, 2, 2, 1, 2],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
        "dimension": {
            "Region": dimension("region", {"0999": "Skogsby"}),
            "Kon": dimension("kön", {"1": "män", "2": "kvinnor"}),
            "Alder": dimension("ålder", {"a": "16-29 år", "b": "30+ år"}),
            "ContentsCode": dimension("tabellinnehåll", {"X1": "Folkmängd"}),
            "Tid": dimension("år", {"2023": "2023", "2024": "2024"}),
        },
        "value": list(FIGURES.values()),
    }
    return {**document, **changes}


PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
CODEPAGE="%s";
LANGUAGE="sv";
DECIMALS=0;
MATRIX="BE0101";
SUBJECT-AREA="Befolkning";
UNITS="antal";
CONTENTS="Folkmängd";
TITLE="Folkmängd efter region, "
"kön, ålder och år";
STUB="region","kön";
HEADING="ålder","år";
VALUES("region")="Skogsby";
VALUES("kön")="män","kvinnor";
VALUES[en]("kön")="men","women";
VALUES("ålder")="16-29 år",
"30+ år";
VALUES("år")="2023","2024";
TIMEVAL("år")=TLIST(A1),"2023","2024";
CODES("kön")="1","2";
%sNOTE="Invented; by nobody.";
DATA=
%s;
"""
ROWS = ("13 23 33 43", "53 63 73 83")
EUROSTAT = "\n".join(
    [
        "freq,unit,sex,age,geo\\TIME_PERIOD\t2023 \t2024 ",
        "A,NR,F,TOTAL,XX\t126 \t126 b",
        "A,NR,F,Y16-29,XX\t53 \t63 ",
        "A,NR,F,Y_GE30,XX\t73 p\t83 p",
        "A,NR,M,Y16-29,XX\t: \t23 ",
        "A,NR,M,Y_GE30,XX\t33 \t43 ",
        "A,NR,T,TOTAL,XX\t: \t212 ",
        "",
    ]
)


def test_json_stat(tmp_path: Path) -> None:
    statistics = read(write(tmp_path / "f.json", json.dumps(json_stat()).encode()))
    assert counts(statistics) == PEOPLE
    (file,) = statistics.files
    assert (file.area, file.time) == ("Skogsby", "2024")


def test_json_stat_as_older_services_write_it(tmp_path: Path) -> None:
    new = json_stat(value={str(n): v for n, v in enumerate(FIGURES.values())})
    about = {**new["dimension"], "id": new["id"], "size": new["size"], "role": new["role"]}
    old = {"dataset": {"dimension": about, "value": new["value"]}}
    assert counts(read(write(tmp_path / "f.json", json.dumps(old).encode()))) == PEOPLE


@pytest.mark.parametrize("codepage", ["utf-8", "windows-1252", "iso-8859-15"])
def test_px(tmp_path: Path, codepage: str) -> None:
    text = PX % (codepage, "", "\n".join(ROWS))
    statistics = read(write(tmp_path / "f.px", text.encode(codepage)))
    assert counts(statistics) == PEOPLE
    assert (statistics.files[0].area, statistics.files[0].time) == ("Skogsby", "2024")


def test_px_with_keys_leaves_out_rows_of_noughts(tmp_path: Path) -> None:
    keys = 'KEYS("region")=VALUES;\nKEYS("kön")=CODES;\n'
    text = PX % ("utf-8", keys, '"Skogsby","2",53 63 73 83')
    people = counts(read(write(tmp_path / "f.px", text.encode())))
    assert people["kön"] == {"män": 0, "kvinnor": 146}


def test_eurostat(tmp_path: Path) -> None:
    statistics = read(write(tmp_path / "demo.tsv", EUROSTAT.encode()))
    assert counts(statistics) == {
        "sex": {"female": 146, "male": 66},
        "age": {"16-29": 86, "30+": 126},
    }
    assert (statistics.files[0].area, statistics.files[0].time) == ("XX", "2024")


def test_eurostat_with_a_row_for_each_figure(tmp_path: Path) -> None:
    head, *rows = [line.split("\t") for line in EUROSTAT.splitlines()]
    names = head[0].split("\\")[0]
    lines = [f"DATAFLOW,LAST UPDATE,{names},TIME_PERIOD,OBS_VALUE,OBS_FLAG"]
    for codes, *figures in rows:
        for time, figure in zip(head[1:], figures, strict=True):
            number, *flag = figure.split()
            lines.append(
                f'ESTAT:X(1.0),"1/2/26, 11:00",{codes},{time.strip()},'
                f"{number.removeprefix(':')},{''.join(flag)}"
            )
    path = write(tmp_path / "demo.csv", "\r\n".join(lines).encode())
    assert counts(read(path)) == counts(read(write(tmp_path / "demo.tsv", EUROSTAT.encode())))


def test_thousands_of_eurostat_are_people(tmp_path: Path) -> None:
    rows = "freq,unit,sex,geo\\TIME_PERIOD\t2024\nA,THS,F,XX\t1.5\nA,THS,M,XX\t2\n"
    statistics = read(write(tmp_path / "t.tsv", rows.encode()))
    assert counts(statistics) == {"sex": {"female": 1_500, "male": 2_000}}


def test_a_feature_of_an_area_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "f.json", json.dumps(json_stat()).encode())
    chosen = counts(read(path, features=["kön"], area="Skogsby"))
    assert chosen == {"kön": PEOPLE["kön"]}


def test_parishes_become_districts_by_name_or_code(tmp_path: Path) -> None:
    figures = (
        "sogn;køn;antal\n8101 Vor Frue;kvinder;10\n8101 Vor Frue;mænd;11\nNørre;kvinder;20\n"
        "Nørre;mænd;22\n8103 Sønder Sogn;kvinder;30\n8103 Sønder Sogn;mænd;33\nI alt;kvinder;60\n"
        "I alt;mænd;66\n"
    )
    path = write(tmp_path / "f.csv", figures.encode())
    keys = write(tmp_path / "k.csv", "sogn;bydel\n8101;Midt\nNørre;Midt\n8103;Syd\n".encode())
    statistics = read_statistics([path], read_choices(), [keys])
    assert counts(statistics) == {
        "bydel": {"Midt": 63, "Syd": 63},
        "køn": {"kvinder": 60, "mænd": 66},
    }
    short = write(tmp_path / "s.csv", b"sogn;bydel\n8101;Midt\n")
    (fault,) = faults_of(lambda: read_statistics([path], read_choices(), [short]))
    assert fault.code == "statistics-key-unknown"
    assert "“Nørre”" in str(fault.facts["keys"])
    other = write(tmp_path / "o.csv", b"vej;bydel\nA;Midt\nB;Syd\n")
    (fault,) = faults_of(lambda: read_statistics([path], read_choices(), [other]))
    assert fault.code == "statistics-keys-unused"


TITLE = "Folkmängd efter region, kön, ålder, tabellinnehåll och år"
CROSSED: list[list[object]] = [
    [TITLE],
    [],
    [None, None, "16-29 år", None, "30+ år"],
    [None, None, "Folkmängd", None, "Folkmängd"],
    [None, None, "2023", "2024", "2023", "2024"],
    ["Skogsby", "män", 13, 23, 33, 43],
    [None, "kvinnor", 53, 63, 73, 83],
    [],
    ["Källa: invented by nobody"],
    ["Folkmängd:", "Antal"],
    ["Senast uppdaterad:"],
]


def test_a_workbook_of_px_web(tmp_path: Path) -> None:
    statistics = read(write_workbook(tmp_path / "f.xlsx", CROSSED))
    assert counts(statistics) == PEOPLE
    assert (statistics.files[0].area, statistics.files[0].time) == ("Skogsby", "2024")


def test_a_workbook_whose_title_names_others_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "f.xlsx", [["Folkmängd"], *CROSSED[1:]])
    (fault,) = faults_of(lambda: read(path))
    assert (fault.code, fault.row) == ("statistics-crossed-unnamed", 5)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (json.dumps(json_stat(size=[1, 2, 2, 1, 3])), ["statistics-json-unclear"]),
        (json.dumps(json_stat(value=[1, 2])), ["statistics-json-unclear"]),
        ('{"class": "collection"}', ["statistics-json-unclear"]),
        ("{" * 100_000, ["statistics-json-unclear"]),
        (PX % ("utf-8", "", "1 2 3"), ["statistics-px-figures"]),
        (
            (PX % ("utf-8", "", "\n".join(ROWS))).replace('UNITS="antal"', 'UNITS="procent"'),
            ["statistics-matrix-shares"],
        ),
        (EUROSTAT.replace("A,NR", "A,PC"), ["statistics-matrix-shares"]),
        (EUROSTAT.replace("\t83 p", ""), ["statistics-tsv-row"]),
        (EUROSTAT.replace("\t43 ", "\t: "), ["statistics-figure-unclear"]),
        (
            json.dumps(json_stat(value=[*list(FIGURES.values())[:-1], None])),
            ["statistics-figure-unclear"],
        ),
    ],
)
def test_what_is_wrong_with_them(tmp_path: Path, data: str, codes: list[str]) -> None:
    path = write(tmp_path / "f.txt", data.encode())
    assert [fault.code for fault in faults_of(lambda: read(path))] == codes


def test_a_figure_that_is_missing_is_named_by_the_row_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "f.tsv", EUROSTAT.replace("\t43 ", "\t: ").encode())
    assert [fault.row for fault in faults_of(lambda: read(path))] == [6]


@given(
    sizes=st.lists(st.integers(1, 3), min_size=2, max_size=4),
    data=st.data(),
)
def test_json_stat_and_px_say_the_same_of_any_cube(sizes: list[int], data: st.DataObject) -> None:
    names = [f"v{n}" for n in range(len(sizes))]
    labels = [[f"{name}-{n}" for n in range(size)] for name, size in zip(names, sizes, strict=True)]
    keys = list(product(*labels))
    figures = data.draw(st.lists(st.integers(0, 10**9), min_size=len(keys), max_size=len(keys)))
    split = data.draw(st.integers(0, len(names)))
    document = {
        "id": names,
        "size": sizes,
        "dimension": {
            name: {"category": {"index": own}} for name, own in zip(names, labels, strict=True)
        },
        "value": figures,
    }
    lists = {"STUB": names[:split], "HEADING": names[split:]}
    px = "".join(
        f"{name}={','.join(map(json.dumps, own))};\n" for name, own in lists.items() if own
    )
    for name, own in zip(names, labels, strict=True):
        px += f'VALUES("{name}")={",".join(map(json.dumps, own))};\n'
    px += f"DATA=\n{' '.join(map(str, figures))};"
    wanted = [(*key, str(figure)) for key, figure in zip(keys, figures, strict=True)]
    assert list(read_json_stat(json.dumps(document).encode(), "f").rows) == wanted
    assert list(read_px(px.encode(), "f").rows) == wanted
