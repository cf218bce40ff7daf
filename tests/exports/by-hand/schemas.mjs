// Compiles the schemas with ajv in its strict mode, and holds the requests of tests/ against that of requests. From the
// root of the repository, after cargo build:
// npm install --no-save ajv@8.20.0 ajv-formats@3.0.1
// node tests/exports/by-hand/schemas.mjs
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import formats from "ajv-formats";
const ajv = formats.default(new Ajv2020({ allErrors: true, strictRequired: false, strictTypes: false }));
for (const width of ["uint16", "uint32", "uint64"]) ajv.addFormat(width, true);
const valid = {};
for (const document of ["request", "plan", "batch", "forecast", "regimen", "ward"])
  valid[document] = ajv.compile(JSON.parse(execFileSync("target/debug/osteodose", ["schema", document])));
const read = (folder) => fs.readdirSync(folder).filter((it) => it.endsWith(".json")).flatMap((it) => {
  try { return [JSON.parse(fs.readFileSync(`${folder}/${it}`))]; } catch { return []; }
});
const bad = read("tests/bad-requests");
console.log(bad.filter((it) => !valid.request(it)).length, "of", bad.length, "requests that cannot be used are refused");
if (!read("tests/exports/requests").every((it) => valid.request(it))) throw new Error(JSON.stringify(valid.request.errors));
