// `matcher.js MATCHER SAID FOUND`: whether the patterns read each line as the finding that it is.
"use strict";

const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const path = require("node:path");

const [matcher, said, found] = process.argv.slice(2).map((name) => readFileSync(name, "utf8"));
const matchers = JSON.parse(matcher).problemMatcher;
assert.strictEqual(new Set(matchers.map((one) => one.owner)).size, matchers.length, "an owner has one matcher");

function read(line) {
  const read = matchers.flatMap(({ owner, severity, pattern: [pattern] }) => {
    const match = new RegExp(pattern.regexp).exec(line);
    if (!match) return [];
    const part = (name) => match[pattern[name]];
    return [{
      path: part("file"),
      line: Number(part("line")),
      column: Number(part("column")),
      // GitHub knows errors, warnings and notices.
      severity: severity ?? part("severity"),
      lint: part("code"),
      message: part("message"),
    }];
  });
  assert.strictEqual(read.length, 1, `read by ${read.length} matchers: ${line}`);
  return read[0];
}

const key = (finding) => JSON.stringify(finding);
const shown = said.trimEnd().split("\n").map(read);
for (const finding of shown) finding.path = path.normalize(finding.path);
const told = JSON.parse(found).findings.map((finding) => ({
  path: path.normalize(finding.path),
  line: finding.line,
  column: finding.column,
  severity: finding.severity === "note" ? "notice" : finding.severity,
  lint: finding.lint,
  message: finding.message,
}));
assert.deepStrictEqual(shown.map(key).sort(), told.map(key).sort());
assert.deepStrictEqual([...new Set(told.map((finding) => finding.severity))].sort(), ["error", "notice", "warning"]);
console.log(`${told.length} findings are read`);
