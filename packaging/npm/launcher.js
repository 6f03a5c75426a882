#!/usr/bin/env node
// Starts the program of the package for this platform, with the same arguments, streams and exit code.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const platforms = require("./platforms.json");

const fitting = platforms.filter((row) => row.os === process.platform && row.cpu === process.arch);

function giveUp(text) {
  process.stderr.write(`copydesk: ${text}\n`);
  process.exit(2);
}

/** The programs that are installed here and may run; on Linux that may be one for each C library. */
function programs() {
  const found = [];
  for (const row of fitting) {
    try {
      found.push(require.resolve(`@copydesk/${row.name}/bin/copydesk${row.os === "win32" ? ".exe" : ""}`));
    } catch {
      // It is an optional dependency.
    }
  }
  return found;
}

function start([program, ...others]) {
  const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
  // What ends the launcher ends the program. The program then decides how both end.
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    // A program for another C library is there and yet “not found”: its loader is missing.
    if (others.length > 0) start(others);
    else giveUp(`${program} cannot be run: ${error.message}`);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Where a signal cannot end this process, its number does, as shells tell it.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
  });
}

if (fitting.length === 0) {
  const known = platforms.map((row) => `${row.os}-${row.cpu}`);
  giveUp(
    `there is no program for ${process.platform}-${process.arch}, only for ${[...new Set(known)].join(", ")}.\n` +
      "Build it from source: cargo install --locked --path . in a checkout.",
  );
}
const found = programs();
if (found.length === 0) {
  const names = fitting.map((row) => `@copydesk/${row.name}`);
  giveUp(
    `the program for ${process.platform}-${process.arch} is missing: none of ${names.join(", ")} is installed.\n` +
      "Install again without leaving out optional dependencies (npm install --include=optional), or name one outright.",
  );
}
start(found);
