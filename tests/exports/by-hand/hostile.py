"""Writes requests with hostile texts into a folder: python3 tests/exports/by-hand/hostile.py FOLDER"""
import json, sys
texts = ['x;y,z\\n\\,\\; "quoted"', "END:VEVENT\\nBEGIN:VEVENT", '=HYPERLINK("http://example.org","A")', "@SUM(1+1)",
         '+1;=1+1;  -2+3;"=4', "-1+1|cmd", "  =1+1", "\u200d=1+1", "＝1+1", '",=1+1,"', "😀é\u0301الא山田" * 40,
         "😀" * 300 + " " * 1500 + "x"]
for number, text in enumerate(texts):
    request = json.load(open("tests/exports/requests/zoledronic-acid.json"))
    request["patient"] |= {"id": text, "name": text, "allergies": text}
    request["prepared_by"] = request["second_check"]["by"] = text
    request["history"]["dental"] = "not-examined"
    request["confirmations"] = [{"finding": "dental-not-examined", "by": text, "reason": text}]
    json.dump(request, open(f"{sys.argv[1]}/hostile-{number}.json", "w"))
