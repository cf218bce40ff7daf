"""Reads the tables of the six plans, and of further requests, with three readers, and breaks one on purpose.

From the root of the repository, after cargo build:
pip install pandas==3.1.1 polars==2.1.0
python3 tests/exports/by-hand/read_tables.py [REQUEST.json ...]
"""
import csv, glob, io, json, subprocess, sys
import pandas, polars


def with_csv(raw):
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    assert not any(None in row or None in row.values() for row in rows), "a row of another length"
    return rows


def with_pandas(raw):
    return pandas.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, encoding="utf-8-sig").to_dict("records")


def with_polars(raw):
    return polars.read_csv(raw, infer_schema=False).fill_null("").to_dicts()


READERS = {"csv": with_csv, "pandas": with_pandas, "polars": with_polars}


def plan(request, *options):
    return subprocess.run(["target/debug/osteodose", "plan", request, *options], capture_output=True).stdout


for request in sorted(glob.glob("tests/exports/requests/*.json")) + sys.argv[1:]:
    document = json.loads(plan(request) or "{}")
    if not document.get("schedule"):
        continue
    raw = plan(request, "--format", "csv", "--with-name")
    rows = with_csv(raw)
    assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
    doses = [it["date"] for it in document["schedule"]["entries"] if it["kind"] == "dose"]
    assert [row["date"] for row in rows if row["kind"] == "dose"] == doses
    assert with_pandas(raw) == rows and with_polars(raw) == rows
    print(request, len(rows), "rows, read alike")

good = plan("tests/exports/requests/zoledronic-acid.json", "--format", "csv")
right = {name: read(good) for name, read in READERS.items()}
lines = good.split(b"\r\n")
BROKEN = {
    "no byte order mark": good[3:],
    "line ends LF": good.replace(b"\r\n", b"\n"),
    "a cell too many": b"\r\n".join(lines[:2] + [lines[2] + b",x"] + lines[3:]),
    "a cell too few": b"\r\n".join(lines[:2] + [lines[2][: lines[2].rindex(b",")]] + lines[3:]),
    "a quotation mark that is not closed": b"\r\n".join(lines[:2] + [b'"' + lines[2]] + lines[3:]),
    "a quotation mark inside a cell": b"\r\n".join(lines[:2] + [lines[2].replace(b",", b',"x"y,', 1)] + lines[3:]),
    "semicolons for commas": good.replace(b",", b";"),
    "a decimal comma": good.replace(b",3.5,", b',"3,5",', 1),
    "a column twice": good.replace(b"patient_id", b"row", 1),
    "a cell that is a formula": good.replace(b"A-1042", b"=1+1", 1),
    "Windows-1252": good[3:].decode().encode("cp1252", "replace"),
}
for what, broken in BROKEN.items():
    seen = []
    for name, read in READERS.items():
        try:
            seen.append("missed" if read(broken) == right[name] else "read otherwise")
        except Exception:
            seen.append("caught")
    print(f"{what}: " + ("(no change) " if broken == good else "") + ", ".join(f"{n} {it}" for n, it in zip(READERS, seen)))
