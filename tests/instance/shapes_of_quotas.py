"""Shapes of quotas in CSV files."""

from __future__ import annotations

from tests.instance.shapes import ID, QUOTA_ROWS, QUOTAS, Shape, csv, quotas

QUOTA_GOOD = {
    "Danish headers": Shape(
        quotas=QUOTAS.replace("feature,value,min,max", "kriterium,værdi,mindst,højst"), found=[ID]
    ),
    "Swedish headers": Shape(
        quotas=QUOTAS.replace("feature,value,min,max", "Egenskap,Värde,Minst,Högst"), found=[ID]
    ),
    "Norwegian headers": Shape(
        quotas=QUOTAS.replace("feature,value,min,max", "kategori,verdi,minst,høyst"), found=[ID]
    ),
    "feature as the value": Shape(
        quotas=QUOTAS.replace("feature,value", "category,feature"), found=[ID]
    ),
    "egenskab as the value": Shape(
        quotas=QUOTAS.replace("feature,value", "kategori,egenskab"), found=[ID]
    ),
    "decimal commas": Shape(
        quotas=csv(QUOTA_ROWS, ";").replace(";2\n", ";2,0\n"),
        found=[ID, quotas("delimiter-assumed", value="semicolon")],
    ),
    "notes and soft targets beside them": Shape(
        quotas=QUOTAS.replace("max\n", "max,target,note\n").replace(
            "1,2\n", '1,2,1.5,"see, p. 4"\n'
        ),
        found=[ID, quotas("quota-columns-not-used")],
    ),
    "comments at the end": Shape(
        quotas=f"{QUOTAS}# vedtaget i maj,,,\n# af byrådet\n",
        found=[
            ID,
            quotas("comment-passed-over", 6, "", "# vedtaget i maj"),
            quotas("comment-passed-over", 7, "", "# af byrådet"),
        ],
    ),
    "blank rows at the end": Shape(
        quotas=f"{QUOTAS},,,\n,,,\n", found=[ID, quotas("blank-rows-dropped")]
    ),
    "two spellings of a feature": Shape(
        quotas=QUOTAS.replace("køn,Mand", "Køn,Mand"),
        found=[ID, quotas("quota-spellings-joined", 3, "", "Køn")],
    ),
}

HEAD = "feature,value,min,max\n"
QUOTA_FAULTS = {
    "a header alone": Shape(quotas=HEAD, found=[quotas("header-only", 1)]),
    "comments alone": Shape(quotas=f"{HEAD}# endnu ikke,,,\n", found=[quotas("header-only")]),
    "a header of something else": Shape(
        quotas="navn,vej\nBo,1\n",
        found=[quotas("quota-header-unknown"), quotas("quota-bounds-unknown")],
    ),
    "a feature and value twice": Shape(
        quotas=f"{QUOTAS}Køn,kvinde,0,9\n", found=[quotas("quota-duplicate", 6, "", "kvinde")]
    ),
    "a negative minimum": Shape(
        quotas=QUOTAS.replace("Mand,1", "Mand,-1"), found=[quotas("quota-negative", 3, "min", "-1")]
    ),
    "half a person": Shape(
        quotas=QUOTAS.replace("Mand,1", "Mand,0.5"),
        found=[quotas("quota-not-whole", 3, "min", "0.5")],
    ),
    "thousands, or three decimals": Shape(
        quotas=QUOTAS.replace("Mand,1", "Mand,1.000"),
        found=[quotas("quota-not-whole", 3, "min", "1.000")],
    ),
    "a minimum above the maximum": Shape(
        quotas=QUOTAS.replace("Mand,1,2", "Mand,2,1"), found=[quotas("quota-crossed", 3)]
    ),
    "a blank bound": Shape(
        quotas=QUOTAS.replace("Mand,1,2", "Mand,1,"), found=[quotas("quota-bound-blank", 3, "max")]
    ),
    "a short row": Shape(
        quotas=QUOTAS.replace("Mand,1,2", "Mand"),
        found=[quotas("quota-bound-blank", 3, "min"), quotas("quota-bound-blank", 3, "max")],
    ),
    "a feature on its first row alone": Shape(
        quotas=QUOTAS.replace("køn,Mand", ",Mand"),
        found=[quotas("quota-label-blank", 3, "feature")],
    ),
    "minimums above the panel": Shape(
        quotas=QUOTAS.replace("16-25,0", "16-25,3"),
        found=[quotas("quota-minimums-exceed-size", 4, "alder")],
    ),
    "a date for a value": Shape(
        quotas=QUOTAS.replace("16-25", "16-maj"), found=[quotas("date-cell", 4, "value", "16-maj")]
    ),
}
