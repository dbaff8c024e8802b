// Gathers the suite's results: report.mjs fixture|real FOLDER, with FOLDER/REVISION/wanted naming the scenarios, one a line, and
// FOLDER/REVISION/server-SCENARIO-TIME/checks.json as the suite writes them.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [mode, folder] = process.argv.slice(2);
const total = { passed: 0, failed: 0, warned: 0, skipped: 0, untestable: 0, scenarios: 0, clean: 0 };
const notes = [];

/** The suite itself skips these whatever the server does: its harness reads the wrong stream and waits to be rewritten. */
const ALWAYS_SKIPPED = new Set(["tasks-status-notifications"]);

/** Of a real server the suite may ask for tools of its own; that such a check cannot be made is not the server's failure. */
function needsFixture(check) {
  return mode === "real" && check.details?.untestable === true && /\btest_\w+|\btest:\/\//.test(check.errorMessage ?? "");
}

function checksOf(revision, scenario) {
  const found = readdirSync(join(folder, revision))
    .filter((name) => name.startsWith(`server-${scenario}-20`))
    .sort()
    .map((name) => join(folder, revision, name, "checks.json"))
    .filter((path) => existsSync(path));
  return found.length > 0 ? JSON.parse(readFileSync(found.at(-1), "utf8")) : undefined;
}

function row(...cells) {
  const [revision, scenario, ...numbers] = cells;
  console.log(`${revision.padEnd(11)} ${scenario.padEnd(46)}${numbers.map((cell) => `${cell}`.padStart(9)).join("")}`);
}

row("revision", "scenario", "passed", "failed", "warned", "skipped");
for (const revision of readdirSync(folder).sort()) {
  const names = readFileSync(join(folder, revision, "wanted"), "utf8").split("\n").filter(Boolean);
  for (const scenario of names) {
    const checks = checksOf(revision, scenario) ?? [];
    const count = { passed: 0, failed: 0, warned: 0, skipped: 0 };
    const note = (word, check, why = check.errorMessage ?? check.description) =>
      notes.push(`${word} ${revision} ${scenario}: ${check.id} (${check.name}): ${why}`);
    for (const check of checks) {
      if (needsFixture(check)) {
        total.untestable++;
        note("untestable", check);
      } else if (check.status === "SUCCESS") count.passed++;
      else if (check.status === "FAILURE") {
        count.failed++;
        note("FAIL", check);
      } else if (check.status === "WARNING") {
        count.warned++;
        note("warning", check);
      } else if (check.status === "SKIPPED") {
        count.skipped++;
        note("skip", check, check.errorMessage ?? check.details?.note ?? check.details?.reason);
      }
    }
    // A scenario that threw, hung or had nothing to look at proves nothing.
    if (count.passed + count.failed === 0 && !(count.skipped > 0 && ALWAYS_SKIPPED.has(scenario))) {
      count.failed++;
      const said = checks.at(-1)?.details?.message ?? checks.at(-1)?.errorMessage ?? "no result";
      notes.push(`FAIL ${revision} ${scenario}: the scenario checked nothing: ${said}`);
    }
    row(revision, scenario, count.passed, count.failed, count.warned, count.skipped);
    for (const kind of Object.keys(count)) total[kind] += count[kind];
    total.scenarios++;
    if (count.failed === 0) total.clean++;
  }
}

for (const word of ["skip", "untestable", "warning", "FAIL"]) {
  const lines = notes.filter((note) => note.startsWith(`${word} `));
  if (lines.length > 0) console.log(`\n${lines.map((line) => line.replaceAll(/\s+/g, " ")).join("\n")}`);
}
const { passed, failed, warned, skipped, untestable, scenarios, clean } = total;
console.log(`\n${clean} of ${scenarios} scenarios without a failure; ${warned} warnings, ${skipped} skipped, ${untestable} untestable without fixtures`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && scenarios > 0 ? 0 : 1);
