"""Reads the calendars of the six plans, and of further requests, with Python's icalendar (7.3.0).

From the root of the repository, after cargo build:
pip install icalendar
python3 tests/exports/by-hand/read_calendars.py [REQUEST.json ...]
"""
import glob, json, subprocess, sys
from icalendar import Calendar

for request in sorted(glob.glob("tests/exports/requests/*.json")) + sys.argv[1:]:
    def plan(*options):
        return subprocess.run(["target/debug/osteodose", "plan", request, *options], capture_output=True).stdout
    entries = json.loads(plan())["schedule"]["entries"]
    raw = plan("--format", "ics", "--with-name")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(raw)
    events = list(calendar.walk("VEVENT"))
    assert [str(it.decoded("DTSTART")) for it in events] == [it["date"] for it in entries]
    assert all((it.decoded("DTEND") - it.decoded("DTSTART")).days == 1 for it in events)
    assert len(list(calendar.walk())) == len(events) + 1 and not calendar.errors and not any(it.errors for it in events)
    patient = json.load(open(request))["patient"]
    who = ", ".join(patient[key] for key in ("id", "name") if key in patient)
    assert all(str(it["SUMMARY"]).endswith(f"({who})") for it in events)
    assert all(f"Patient: {who}." in str(it["DESCRIPTION"]) for it in events)
    print(request, len(events), "events, same dates")
