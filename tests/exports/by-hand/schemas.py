"""Holds the schemas against Python's jsonschema: are they schemas, and do the requests and plans of tests/ fit them?

From the root of the repository, after cargo build:
pip install jsonschema==4.26.0
python3 tests/exports/by-hand/schemas.py
"""
import glob, json, subprocess
from jsonschema import Draft202012Validator, FormatChecker


def osteodose(*arguments, lines=None):
    text = None if lines is None else "\n".join(lines)
    return subprocess.run(["target/debug/osteodose", *arguments], input=text, capture_output=True, text=True).stdout


def validator(document):
    schema = json.loads(osteodose("schema", document))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def read(file):
    """The request of a file in a list, which is empty if it is no JSON: NaN is none, and neither is half a character."""
    try:
        request = json.loads(open(file, "rb").read().decode(), parse_constant=lambda word: 1 / 0)
        json.dumps(request, ensure_ascii=False).encode()
        return [request]
    except (ValueError, ZeroDivisionError):
        return []


of_request, of_plan, of_batch = validator("request"), validator("plan"), validator("batch")
bad = [request for file in sorted(glob.glob("tests/bad-requests/*.json")) for request in read(file)]
print(sum(not of_request.is_valid(it) for it in bad), "of", len(bad), "requests that cannot be used are refused")
good = [json.load(open(file)) for file in sorted(glob.glob("tests/exports/requests/*.json"))]
good += [json.loads(line) for line in open("examples/ward.jsonl")]
assert all(of_request.is_valid(it) for it in good)
for options in [], ["--brief"]:
    lines = osteodose("batch", *options, lines=[json.dumps(it) for it in good + bad]).splitlines()
    answers = [json.loads(line) for line in lines]
    assert len(answers) == len(good + bad) and all(of_batch.is_valid(it) for it in answers)
    assert all(of_plan.is_valid(it) for it in answers if "provenance" in it)
plans = osteodose("batch", lines=[json.dumps(it) for it in good])
forecast = osteodose("forecast", "--format", "json", "--chair-minutes", "30", lines=plans.splitlines())
assert validator("forecast").is_valid(json.loads(forecast))
for file in glob.glob("regimens/*.json"):
    document = json.load(open(file))
    assert document.get("format") != "osteodose-regimen/2" or validator("regimen").is_valid(document), file
assert validator("ward").is_valid(json.load(open("examples/ward-settings.json")))
print(len(good), "requests, their plans, a forecast, the regimens and the ward settings fit their schemas")
