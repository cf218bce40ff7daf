"""Writes requests that differ from the six in one thing each: python3 tests/exports/by-hand/changed.py FOLDER"""
import glob, itertools, json, os, sys

CHANGES = [
    {"tumour": "myeloma"}, {"tumour": "lymphoma"}, {"tumour": "unknown-primary"}, {"tumour": "other-haematological"},
    {"indication": "hypercalcaemia", "labs.calcium": {"value": 3.2, "unit": "mmol/L"}, "labs.date": "2026-11-28"},
    {"indication": "giant-cell-tumour", "tumour": "giant-cell-tumour-of-bone"},
    {"labs.creatinine": {"value": 1.04, "unit": "mg/dL"}}, {"labs.creatinine": {"value": 140, "unit": "umol/L"}},
    {"labs.calcium": {"value": 9.4, "unit": "mg/dL", "kind": "corrected"}, "labs.albumin": {"value": 3.9, "unit": "g/dL"}},
    {"labs.calcium": {"value": 1.21, "unit": "mmol/L", "kind": "ionised"}},
    {"patient.allergies": "penicillin; latex"}, {"patient.height_cm": 171, "weight_basis": "ideal"},
    {"history.conditions": ["heart-failure"]}, {"clinic.open_weekdays": ["thu"]}, {"treatment.start_date": "2026-12-24"},
]


def changed(request, change):
    for path, value in change.items():
        *above, key = path.split(".")
        place = request
        for step in above:
            place = place.setdefault(step, {})
        place[key] = value
    # What was entered twice must not differ.
    request.pop("second_check", None)
    return request


for file, (number, change) in itertools.product(sorted(glob.glob("tests/exports/requests/*.json")), enumerate(CHANGES)):
    name = f"{os.path.basename(file)[:-5]}-{number}.json"
    json.dump(changed(json.load(open(file)), change), open(os.path.join(sys.argv[1], name), "w"))
