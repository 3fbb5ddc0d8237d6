"""Reads a Parquet file with DuckDB and pandas and compares it with the same records as JSON lines.

Usage: read.py RECORDS.parquet RECORDS.jsonl
"""

import json
import sys

import duckdb
import pandas

columns, lines = sys.argv[1:]
with open(lines, encoding="utf-8") as file:
    records = {record["id"]: record for record in map(json.loads, file)}


def same(found, expected, what):
    if found != expected:
        sys.exit(f"{what}: {found!r} is not {expected!r}")


# DuckDB takes nested columns apart.
database = duckdb.connect()
database.execute(f"CREATE VIEW records AS SELECT * FROM read_parquet('{columns}')")
rows = database.execute("SELECT id, title, published, language, record FROM records").fetchall()
same(sorted(row[0] for row in rows), sorted(records), "ids")
for number, title, published, language, record in rows:
    expected = records[number]
    same(json.loads(record), expected, f"record of {number}")
    same((title, language), (expected["title"], expected["language"]["code"]), f"head of {number}")
    same(published, (expected["published"] or {}).get("date"), f"day of {number}")
mentions = database.execute(
    "SELECT id, m.id, m.kind, m.text, m.entity, m.amount.number, substring(text, m.start + 1, m.\"end\" - m.start) "
    "FROM (SELECT id, text, unnest(mentions) AS m FROM records)"
).fetchall()
number_of = lambda value: value["number"] if isinstance(value, dict) else None
expected = [
    (record["id"], m["id"], m["kind"], m["text"], m["entity"], number_of(m["value"]), m["text"])
    for record in records.values()
    for m in record["mentions"]
]
same(sorted(mentions, key=str), sorted(expected, key=str), "mentions")
met = database.execute(
    "SELECT id, unnest(m.met) FROM (SELECT id, unnest(missions) AS m FROM records) ORDER BY 1, 2"
).fetchall()
expected = [(record["id"], entity) for record in records.values() for m in record["missions"] for entity in m["met"]]
same(met, sorted(expected), "bodies met")

signed = database.execute(
    "SELECT id, a.text, a.subject FROM (SELECT id, unnest(m.agreements) AS a FROM (SELECT id, unnest(missions) AS m FROM records))"
).fetchall()
expected = [
    (record["id"], a["text"], a["subject"])
    for record in records.values()
    for m in record["missions"]
    for a in m["agreements"]
]
same(sorted(signed, key=str), sorted(expected, key=str), "agreements")
founded = database.execute("SELECT id, f.institution, f.date FROM (SELECT id, unnest(foundings) AS f FROM records)").fetchall()
expected = [(record["id"], f["institution"], f["date"]) for record in records.values() for f in record["foundings"]]
same(sorted(founded), sorted(expected), "foundings")

# pandas gives lists of dictionaries.
table = pandas.read_parquet(columns)
same(len(table), len(records), "rows")
for row in table.itertuples():
    expected = records[row.id]
    names = [entity["name"] for entity in row.entities]
    same(names, [entity["name"] for entity in expected["entities"]], f"entities of {row.id}")
    countries = [place["country"] for mission in row.missions for place in mission["destinations"]]
    same(countries, [d["country"] for m in expected["missions"] for d in m["destinations"]], f"countries of {row.id}")
    evidence = sum(len(mission["evidence"]) for mission in row.missions)
    same(evidence, sum(len(spans) for m in expected["missions"] for spans in m["evidence"].values()), f"evidence of {row.id}")
    same(int(row.bytes), expected["source"]["bytes"], f"bytes of {row.id}")

print(f"{len(records)} records, {len(mentions)} mentions, {len(met)} bodies met: the same by DuckDB and pandas")
