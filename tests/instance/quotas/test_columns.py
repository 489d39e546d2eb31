from __future__ import annotations

from pathlib import Path

import pytest

from sortition.instance.quotas.columns import QuotaColumns, find_quota_columns
from sortition.tables.reading import read_table
from tests.tables.making import faults_of, write


def _columns(tmp_path: Path, header: str) -> QuotaColumns:
    cells = ",".join("1" for _ in header.split(","))
    return find_quota_columns(read_table(write(tmp_path / "q.csv", f"{header}\n{cells}\n")))


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("feature,value,min,max", ("feature", "value", "min", "max")),
        ("category,name,min,max", ("category", "name", "min", "max")),
        ("category,feature,min,max", ("category", "feature", "min", "max")),
        ("category,value,lower,upper", ("category", "value", "lower", "upper")),
        ("kriterium,værdi,mindst,højst", ("kriterium", "værdi", "mindst", "højst")),
        ("KRITERIUM,Værdi ,Minimum,Maksimum", ("KRITERIUM", "Værdi", "Minimum", "Maksimum")),
        ("egenskab,værdi,min,maks", ("egenskab", "værdi", "min", "maks")),
        ("kategori,egenskab,antal", ("kategori", "egenskab", "antal")),
        ("Kategori,Navn,Mindst,Højst", ("Kategori", "Navn", "Mindst", "Højst")),
        ("kriterium,värde,minst,högst", ("kriterium", "värde", "minst", "högst")),
        ("kategori,namn,lägst,högst", ("kategori", "namn", "lägst", "högst")),
        ("egenskap,värde,nedre,övre", ("egenskap", "värde", "nedre", "övre")),
        ("kategori,egenskap,minst,høyst", ("kategori", "egenskap", "minst", "høyst")),
        ("egenskap,verdi,antall,straff", ("egenskap", "verdi", "antall", "straff")),
        ("kategori,verdi,prosent", ("kategori", "verdi", "prosent")),
        ("note,max,min,value,feature", ("feature", "value", "min", "max")),
        ("feature,value,amount", ("feature", "value", "amount")),
        ("Category,Value,Target", ("Category", "Value", "Target")),
        ("Merkmal,Wert,Ziel", ("Merkmal", "Wert", "Ziel")),
        ("kenmerk,waarde,aantal", ("kenmerk", "waarde", "aantal")),
        ("critère,valeur,effectif", ("critère", "valeur", "effectif")),
        ("criterio,valor,mínimo,máximo", ("criterio", "valor", "mínimo", "máximo")),
        ("kryterium,wartość,liczba", ("kryterium", "wartość", "liczba")),
        ("Feature,Value,Antal", ("Feature", "Value", "Antal")),
        ("Kriterium,Ausprägung,Zielzahl", ("Kriterium", "Ausprägung", "Zielzahl")),
        ("Merkmal,Wert,Anzahl Personen", ("Merkmal", "Wert", "Anzahl Personen")),
        ("Merkmal,Wert,Mindestens,Hochstens", ("Merkmal", "Wert", "Mindestens", "Hochstens")),
        ("Categorie,Naam,Aantal deelnemers", ("Categorie", "Naam", "Aantal deelnemers")),
        ("Kenmerk,Waarde,Minstens,Hoogstens", ("Kenmerk", "Waarde", "Minstens", "Hoogstens")),
        ("Critere,Modalité,Nombre de places", ("Critere", "Modalité", "Nombre de places")),
        ("Catégorie,Valeur,Nombre", ("Catégorie", "Valeur", "Nombre")),
        ("Categoría,Nombre,Número", ("Categoría", "Nombre", "Número")),
        ("Categoria,Valor,Minimo,Maximo", ("Categoria", "Valor", "Minimo", "Maximo")),
        ("Kategoria,Nazwa,Liczba osób", ("Kategoria", "Nazwa", "Liczba osób")),
        ("Kryterium,Wartosc,Min.,Maks.", ("Kryterium", "Wartosc", "Min.", "Maks.")),
        ("Kategori,Value,Number of people:", ("Kategori", "Value", "Number of people:")),
        ("Feature,Value,Min antal,Max antal", ("Feature", "Value", "Min antal", "Max antal")),
        ("Feature,Value,Maximum", ("Feature", "Value", "Maximum")),
        ("kriterium,værdi,højst", ("kriterium", "værdi", "højst")),
        ("feature,value,antal,min,max", ("feature", "value", "min", "max")),
        ("feature,value,percent,min,max", ("feature", "value", "min", "max")),
        ("feature,value,%,antal", ("feature", "value", "antal")),
        ("feature,value,%", ("feature", "value", "%")),
        ("feature,value,percent", ("feature", "value", "percent")),
        ("feature,value,Percentage", ("feature", "value", "Percentage")),
        ("kriterium,værdi,procent", ("kriterium", "værdi", "procent")),
        ("kriterium,værdi,pct", ("kriterium", "værdi", "pct")),
        ("feature,value,Share ,share of people", ("feature", "value", "Share")),
        ("kriterium,værdi,andel", ("kriterium", "værdi", "andel")),
        ("Penalty,feature,value,min,max", ("feature", "value", "min", "max", "Penalty")),
        ("kriterium,værdi,antal,straf", ("kriterium", "værdi", "antal", "straf")),
        ("Stratum,Substratum,percentage", ("Stratum", "Substratum", "percentage")),
        ("Estrat,Subestrat,Percentatge", ("Estrat", "Subestrat", "Percentatge")),
        ("criterio,valore,minimo,massimo", ("criterio", "valore", "minimo", "massimo")),
        ("Critério,Valor,Lugares", ("Critério", "Valor", "Lugares")),
    ],
)
def test_headers(tmp_path: Path, header: str, names: tuple[str, ...]) -> None:
    assert _columns(tmp_path, header).names == names


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("value,min,max", ["quota-header-unknown"]),
        ("category,min,max", ["quota-header-unknown"]),
        ("feature,name,min,max", ["quota-header-unknown"]),
        ("feature,value", ["quota-bounds-unknown"]),
        ("feature,value,min", ["quota-bounds-unknown"]),
        ("feature,value,min,upper", ["quota-bounds-unknown"]),
        ("x,y", ["quota-header-unknown", "quota-bounds-unknown"]),
        ("category,feature,value,min,max", ["quota-header-ambiguous"]),
        ("feature,value,Value,min,max", ["quota-header-ambiguous"]),
        ("feature,value,min,max,lower,upper", ["quota-header-ambiguous"]),
        ("feature,value,amount,antal", ["quota-header-ambiguous"]),
        ("feature,value,min %,max %", ["quota-percentage"]),
        ("feature,value,pct.", ["quota-percentage"]),
        ("feature,value,min,%", ["quota-bounds-unknown"]),
        ("feature,value,max,antal", ["quota-bounds-unknown"]),
        ("feature,value,max,højst", ["quota-header-ambiguous"]),
        ("feature,value,%,andel", ["quota-header-ambiguous"]),
        ("feature,value,min,max,penalty,straf", ["quota-header-ambiguous"]),
    ],
)
def test_faults(tmp_path: Path, header: str, codes: list[str]) -> None:
    assert [fault.code for fault in faults_of(lambda: _columns(tmp_path, header))] == codes


def test_what_was_seen_and_what_is_accepted_is_listed(tmp_path: Path) -> None:
    fault = faults_of(lambda: _columns(tmp_path, "feature,value,Low"))[0]
    assert fault.facts == {
        "seen": "“feature”, “value”, “Low”",
        "accepted": "min,max · lower,upper · max · amount · target · number · antal · antall · ziel"
        " · aantal · effectif · número · liczba · % · share",
    }


@pytest.mark.parametrize(
    ("header", "percentage", "penalty"),
    [
        ("feature,value,min,max", False, None),
        ("feature,value,%,min,max", False, None),
        ("feature,value,amount,Straf", False, "Straf"),
        ("feature,value,Andel", True, None),
        ("feature,value,%,penalty", True, "penalty"),
    ],
)
def test_what_the_columns_hold(
    tmp_path: Path, header: str, percentage: bool, penalty: str | None
) -> None:
    columns = _columns(tmp_path, header)
    assert (columns.percentage, columns.penalty) == (percentage, penalty)
