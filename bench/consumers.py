#!/usr/bin/env python3
"""Loads every form that `saksi export` writes with a program that reads it, and holds counts and values against the records.

    python -m venv venv
    venv/bin/pip install pandas pyarrow duckdb networkx geojson shapely followthemoney dkpro-cassis
    venv/bin/python bench/consumers.py --saksi target/quick/saksi

Reads tests/articles, unless --records names records; --db exports a collection in place of records (made with `saksi add`).
"""

import argparse
import csv
import json
import re
import sqlite3
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = (ROOT / "crates/saksi-export/tests/tables.rs").read_text()
# The columns as the program's own tests have them, written down from each form's codebook.
COLUMNS = {
    name: re.search(f'const {name}: &str = "([^"]*)"', TABLES)[1].split("\t")
    for name in ["POLECAT", "ICEWS", "GDELT", "MENTIONS"]
}


class Bench:
    def __init__(self, saksi, source, folder):
        self.saksi, self.source, self.folder = saksi, source, folder
        self.told = []

    def export(self, form, name, *more):
        """The file that a form is written to, and what was said to be left out."""
        path = self.folder / name
        run = subprocess.run(
            [self.saksi, "export", "--as", form, "-o", str(path), *self.source, *more], capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr
        return path, run.stderr.strip()

    def done(self, form, what):
        self.told.append((form, what))
        print(f"{form:16} {what}", flush=True)


def tables(bench, records):
    import duckdb
    import pandas
    import pyarrow.parquet

    frames = {}
    for form in ["events", "reports", "spans"]:
        paths = {end: bench.export(form, f"{form}.{end}")[0] for end in ["csv", "tsv", "jsonl", "parquet"]}
        read = {
            "csv": pandas.read_csv(paths["csv"]),
            "tsv": pandas.read_csv(paths["tsv"], sep="\t", quoting=csv.QUOTE_NONE),
            "jsonl": pandas.read_json(paths["jsonl"], lines=True, dtype=False),
            "parquet": pandas.read_parquet(paths["parquet"]),
        }
        assert len({len(frame) for frame in read.values()}) == 1, {end: len(frame) for end, frame in read.items()}
        assert len({tuple(frame.columns) for frame in read.values()}) == 1
        frame = frames[form] = read["parquet"]
        for end, how in [("csv", "read_csv('{}')"), ("tsv", "read_csv('{}', delim='\t', quote='')"),
                         ("jsonl", "read_json('{}', format='newline_delimited')"), ("parquet", "'{}'")]:
            count = duckdb.sql(f"SELECT count(*) FROM {how.format(paths[end])}").fetchall()[0][0]
            assert count == len(frame), (form, end, count, len(frame))
        types = {field.name: str(field.type) for field in pyarrow.parquet.read_schema(paths["parquet"])}
        if form == "reports":
            assert (types["confidence"], types["historical"], types["event"]) == ("double", "bool", "string")
        if form == "spans":
            assert types["start"] == "int64"
        bench.done(form, f"{len(frame)} rows the same in CSV, TSV, JSON Lines and Parquet (pandas, DuckDB, pyarrow)")
    count = sum(len(record["events"]) for record in records.values())
    assert len(frames["reports"]) == count, (len(frames["reports"]), count)
    for span in frames["spans"].itertuples():
        text = records[span.article]["text"]
        assert text[span.start:span.end] == span.text, span
    assert set(frames["spans"].report) <= set(frames["reports"].report)
    bench.done("spans", "every span slices its article's text")
    path, _ = bench.export("reports", "sheet.csv", "--spreadsheet")
    with open(path, newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                number = cell.replace(".", "").replace("-", "").replace("e", "").isdigit()
                assert number or not cell.startswith(tuple("=+-@\t\r")), cell
    bench.done("--spreadsheet", "no cell begins as a formula")
    return frames


def coded(bench, frames):
    import pandas

    reports = frames["reports"]
    happened = reports[(reports.status == "actual") & ~reports.stance.isin(["denies", "doubts"])]
    happened = happened[happened.review != "rejected"]
    path, said = bench.export("polecat", "polecat.txt")
    polecat = pandas.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE, dtype={"Actor COW": str})
    assert list(polecat.columns) == COLUMNS["POLECAT"] and len(polecat.columns) == 40
    assert len(polecat) == len(happened), (len(polecat), len(happened), said)
    assert set(polecat["Event ID"]) == set(happened.report)
    assert Counter(polecat["Event Type"]) == Counter(happened.type)
    assert set(polecat["Quad Code"]) <= {f"{a} {b}" for a in ["VERBAL", "MATERIAL"] for b in ["COOPERATION", "CONFLICT"]}
    bench.done("polecat", f"{len(polecat)} rows, 40 columns (pandas); {said}")
    path, said = bench.export("icews", "icews.tab")
    icews = pandas.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE, dtype={"CAMEO Code": str})
    assert list(icews.columns) == COLUMNS["ICEWS"] and len(icews.columns) == 20
    assert icews["Event ID"].is_unique and icews["Source Name"].notna().all() and icews["Target Name"].notna().all()
    assert icews["CAMEO Code"].dropna().str.fullmatch(r"\d{3,4}").all()
    assert icews["Intensity"].dropna().between(-10, 10).all()
    bench.done("icews", f"{len(icews)} rows, 20 columns (pandas); {said}")
    folder, said = bench.export("gdelt", "gdelt")
    options = {"sep": "\t", "header": None, "quoting": csv.QUOTE_NONE}
    events = pandas.read_csv(folder / "events.export.CSV", names=COLUMNS["GDELT"], dtype={"EventCode": str}, **options)
    mentions = pandas.read_csv(folder / "events.mentions.CSV", names=COLUMNS["MENTIONS"], **options)
    assert (len(COLUMNS["GDELT"]), len(COLUMNS["MENTIONS"])) == (61, 16)
    assert events.GLOBALEVENTID.is_unique
    counted = mentions.groupby("GLOBALEVENTID").size()
    assert (events.set_index("GLOBALEVENTID").NumMentions == counted.reindex(events.GLOBALEVENTID)).all()
    assert set(mentions.GLOBALEVENTID) == set(events.GLOBALEVENTID)
    assert events.QuadClass.between(1, 4).all()
    whole = events.dropna(subset=["SQLDATE"])
    assert (whole.SQLDATE // 100 == whole.MonthYear).all() and (whole.SQLDATE // 10000 == whole.Year).all()
    bench.done("gdelt", f"{len(events)} events, {len(mentions)} mentions, joined by GLOBALEVENTID (pandas); {said}")
    path, said = bench.export("eventreport", "eventreport.csv")
    table = pandas.read_csv(path)
    assert len(table) == len(happened) and set(table.event_id) <= set(frames["events"].event)
    bench.done("eventreport", f"{len(table)} rows, {table.deaths_best.notna().sum()} with dead (pandas; R is not run); {said}")


def documents(bench, records, frames):
    import geojson
    import networkx
    import shapely.geometry

    events = frames["events"]
    path, said = bench.export("geojson", "map.geojson")
    map_ = geojson.loads(path.read_text())
    assert map_.is_valid, map_.errors()
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in map_["features"]]
    assert all(shape.is_valid for shape in shapes)
    placed = events[events.lat.notna() & (events.review != "rejected")]
    assert {feature["properties"]["event"] for feature in map_["features"]} == set(placed.event)
    bench.done("geojson", f"{len(shapes)} features (geojson, shapely); {said}")
    path, said = bench.export("gexf", "actors.gexf")
    graph = networkx.read_gexf(path, version="1.3")
    assert graph.is_directed() and graph.number_of_nodes() > 0
    assert all(data["weight"] == data["events"] for _, _, data in graph.edges(data=True))
    assert {data["quad"] for _, _, data in graph.edges(data=True)} <= set(events.quad)
    bench.done("gexf", f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges (networkx); {said}")
    path, said = bench.export("timelinejs", "timeline.json")
    slides = json.loads(path.read_text())["events"]
    assert all("year" in slide["start_date"] and slide["text"]["headline"] for slide in slides)
    assert len({slide["unique_id"] for slide in slides}) == len(slides)
    bench.done("timelinejs", f"{len(slides)} slides (json only: TimelineJS runs in a browser); {said}")
    path, said = bench.export("web-annotation", "annotations.json")
    page = json.loads(path.read_text())
    spans = frames["spans"]
    assert len(page["items"]) == len(spans), (len(page["items"]), len(spans))
    texts = Counter(item["target"]["selector"][1]["exact"] for item in page["items"])
    assert texts == Counter(spans.text)
    bench.done("web-annotation", f"{len(page['items'])} annotations (json only); {said}")


def inception(bench, records):
    import cassis

    folder, _ = bench.export("cas", "cas")
    files = sorted(folder.glob("*.json"))
    assert len(files) == len(records)
    with open(folder / "TypeSystem.xml", "rb") as file:
        cassis.load_typesystem(file)
    count = 0
    for path in files:
        with open(path, "rb") as file:
            cas = cassis.load_cas_from_json(file)
        identity = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")[0].documentId
        record = records[identity]
        assert cas.sofa_string == record["text"]
        found = Counter((event.get_covered_text(), event.eventType, event.status)
                        for event in cas.select("webanno.custom.SaksiEvent"))
        wanted = Counter((record["text"][event["trigger"]["start"]:event["trigger"]["end"]], event["type"], event["status"])
                         for event in record["events"])
        assert found == wanted, (path, found - wanted, wanted - found)
        kind = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
        sentences = [sentence.get_covered_text() for sentence in cas.select(kind)]
        assert sentences == [record["text"][each["start"]:each["end"]] for each in record["sentences"]]
        for event in cas.select("webanno.custom.SaksiEvent"):
            for link in event.arguments.elements if event.arguments else []:
                assert link.role and link.target.get_covered_text()
        count += sum(found.values())
    bench.done("cas", f"{len(files)} documents with {count} events, text and offsets the record's (dkpro-cassis)")


def money(bench):
    from followthemoney import model

    path, said = bench.export("followthemoney", "entities.json")
    entities = {}
    for line in path.read_text().splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data)
        proxy.schema.validate(data)
        for prop, value in proxy.itervalues():
            assert prop.type.name == "entity" or prop.type.clean(value, proxy=proxy) is not None, (prop, value)
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == {
            name: sorted(values) for name, values in data["properties"].items()}, data
        assert proxy.id not in entities
        entities[proxy.id] = proxy
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert entities[value].schema.is_a(prop.range), (proxy.schema.name, prop.name, entities[value].schema)
    schemata = Counter(proxy.schema.name for proxy in entities.values())
    bench.done("followthemoney", f"{dict(schemata)} (followthemoney); {said}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saksi", default=str(ROOT / "target/quick/saksi"))
    parser.add_argument("--records", type=Path)
    parser.add_argument("--db", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        if args.db:
            rows = sqlite3.connect(args.db).execute("SELECT key, record FROM article")
            records = {key: json.loads(record) for key, record in rows}
            source = ["--db", str(args.db)]
        else:
            path = args.records
            if path is None:
                path = folder / "records.jsonl"
                with open(path, "wb") as out:
                    for article in sorted((ROOT / "tests/articles").glob("*.txt")):
                        published = json.loads(article.with_suffix(".json").read_text())["published"]
                        more = ["--published", published] if published else []
                        run = [args.saksi, "read", str(article), "--format", "jsonl", *more]
                        subprocess.run(run, check=True, stdout=out)
            records = [json.loads(line) for line in path.read_text().splitlines()]
            records = {record["article"]["id"]: record for record in records}
            source = ["--records", str(path)]
        bench = Bench(args.saksi, source, folder)
        frames = tables(bench, records)
        coded(bench, frames)
        documents(bench, records, frames)
        inception(bench, records)
        money(bench)
    print(f"{len(bench.told)} checks passed")


if __name__ == "__main__":
    main()
