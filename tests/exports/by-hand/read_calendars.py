"""Reads the calendars of the six plans, and of further requests, with three readers, and breaks one on purpose.

From the root of the repository, after cargo build:
pip install icalendar==7.3.2 vobject==0.9.9 ics==0.7.3
python3 tests/exports/by-hand/read_calendars.py [REQUEST.json ...]
"""
import glob, json, re, subprocess, sys
import ics, vobject
from icalendar import Calendar


def day(value):
    return str(value)[:10]


def icalendar(raw):
    calendar = Calendar.from_ical(raw)
    events = list(calendar.walk("VEVENT"))
    assert len(list(calendar.walk())) == len(events) + 1 and not calendar.errors and not any(it.errors for it in events)
    return [(day(it.decoded("DTSTART")), day(it.decoded("DTEND")), str(it["SUMMARY"]), str(it["STATUS"])) for it in events]


def with_vobject(raw):
    events = vobject.readOne(raw.decode()).vevent_list
    return [(day(it.dtstart.value), day(it.dtend.value), it.summary.value, it.status.value) for it in events]


def with_ics(raw):
    # It sorts its events, and gives the last day and not the one after.
    events = ics.Calendar(raw.decode()).events
    return [(day(it.begin.date()), None, it.name, it.status) for it in events]


READERS = {"icalendar": icalendar, "vobject": with_vobject, "ics": with_ics}


def plan(request, *options):
    return subprocess.run(["target/debug/osteodose", "plan", request, *options], capture_output=True).stdout


for request in sorted(glob.glob("tests/exports/requests/*.json")) + sys.argv[1:]:
    document = json.loads(plan(request) or "{}")
    if not document.get("schedule"):
        continue
    entries = document["schedule"]["entries"]
    raw = plan(request, "--format", "ics", "--with-name")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b"")
    patient = json.load(open(request))["patient"]
    who = ", ".join(patient[key] for key in ("id", "name") if key in patient)
    status = "CONFIRMED" if document["status"] == "ready" else "TENTATIVE"
    first = icalendar(raw)
    assert [it[0] for it in first] == [it["date"] for it in entries] and all(it[0] < it[1] for it in first)
    assert all(it[2].endswith(f"({who})") and it[3] == status for it in first)
    assert with_vobject(raw) == first
    # ics reads a backslash before an n, which is written as two, as a line end, and loses spaces at a fold.
    plain = lambda it: (it[0], re.sub(r"\\n?|\s", "", it[2]), it[3])
    assert sorted(map(plain, with_ics(raw))) == sorted(map(plain, first))
    print(request, len(first), "events, read alike")

good = plan("tests/exports/requests/zoledronic-acid.json", "--format", "ics")
right = {name: read(good) for name, read in READERS.items()}
BROKEN = {
    "no END:VEVENT": good.replace(b"END:VEVENT\r\n", b"", 1),
    "no UID": b"\r\n".join(it for it in good.split(b"\r\n") if not it.startswith(b"UID")),
    "a UID twice": good.replace(good.split(b"UID:")[2].split(b"\r\n")[0], good.split(b"UID:")[1].split(b"\r\n")[0]),
    "no DTSTAMP": b"\r\n".join(it for it in good.split(b"\r\n") if not it.startswith(b"DTSTAMP")),
    "date 20261301": good.replace(b"DTSTART;VALUE=DATE:20261201", b"DTSTART;VALUE=DATE:20261301", 1),
    "end before the start": good.replace(b"DTEND;VALUE=DATE:20261202", b"DTEND;VALUE=DATE:20261130", 1),
    "status MAYBE": good.replace(b"STATUS:CONFIRMED", b"STATUS:MAYBE", 1),
    "a line of 200 octets": good.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 200, 1),
    "a comma without backslash": good.replace(b"\\,", b",", 1),
    "a folded line without its space": good.replace(b"\r\n ", b"\r\n", 1),
    "line ends LF": good.replace(b"\r\n", b"\n"),
    "two calendars' heads": good.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nVERSION:2.0\r\n", 1),
}
for what, broken in BROKEN.items():
    assert broken != good, what
    seen = []
    for name, read in READERS.items():
        try:
            seen.append("missed" if read(broken) == right[name] else "read otherwise")
        except Exception:
            seen.append("caught")
    print(f"{what}: " + ", ".join(f"{name} {it}" for name, it in zip(READERS, seen)))
