// Reads the calendars of the six plans with two readers for Node. From the root of the repository, after cargo build:
// npm install --no-save ical.js@2.2.1 node-ical@0.26.1
// node tests/exports/by-hand/read_calendars.mjs [REQUEST.json ...]
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";
const folder = "tests/exports/requests";
const plan = (request, ...options) => spawnSync("target/debug/osteodose", ["plan", request, ...options]).stdout.toString();
for (const request of [...fs.readdirSync(folder).sort().map((it) => `${folder}/${it}`), ...process.argv.slice(2)]) {
  const dates = JSON.parse(plan(request) || "{}").schedule?.entries.map((it) => it.date);
  if (!dates) continue;
  const text = plan(request, "--format", "ics");
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((it) => new ICAL.Event(it));
  const first = events.map((it) => `${it.startDate} ${it.summary}`);
  const local = (it) => `${it.getFullYear()}-${`${it.getMonth() + 1}`.padStart(2, "0")}-${`${it.getDate()}`.padStart(2, "0")}`;
  // node-ical reads a backslash before an n, which is written as two, as a line end.
  const plain = (it) => it.replace(/\\n?|\n/g, "");
  const others = Object.values(ical.sync.parseICS(text)).filter((it) => it.type === "VEVENT");
  const second = others.map((it) => plain(`${local(it.start)} ${it.summary.val ?? it.summary}`));
  const alike = first.map((it) => it.slice(0, 10)).join() === dates.join() && first.map(plain).sort().join() === [...second].sort().join();
  if (!alike) throw new Error(`${request}: ${first.map(plain).find((it) => !second.includes(it))} | ${second.find((it) => !first.map(plain).includes(it))}`);
  console.log(request, events.length, "events, read alike");
}
