// Which program is started, above all in a folder that is not trusted.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { buildSync } from "esbuild";

const own = realpathSync(mkdtempSync(path.join(tmpdir(), "copydesk-")));
buildSync({ entryPoints: ["src/program.ts"], bundle: true, platform: "node", outfile: path.join(own, "program.cjs") });
const { findProgram } = createRequire(import.meta.url)(path.join(own, "program.cjs"));

function program(...parts) {
  const file = path.join(own, ...parts, "copydesk");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
  return file;
}

const installed = program("installed");
const inside = program("workspace", "bin");
const folders = [path.join(own, "workspace")];
const base = { setting: "", searched: path.dirname(installed), folders, trusted: false, windows: false };
const find = (given) => findProgram({ ...base, ...given });

test("the path is searched", () => {
  assert.deepEqual(find({}), { program: installed });
  assert.match(find({ searched: own }).problem, /no copydesk on the PATH/);
});

test("the setting wins, and a wrong one is told", () => {
  const other = program("other");
  assert.deepEqual(find({ setting: other }), { program: other });
  assert.match(find({ setting: "bin/copydesk" }).problem, /no absolute path/);
  assert.match(find({ setting: path.join(own, "none") }).problem, /there is no program/);
  assert.match(find({ setting: path.dirname(other) }).problem, /there is no program/);
});

test("nothing in a folder that is not trusted is run", () => {
  const searched = path.dirname(inside);
  assert.match(find({ setting: inside }).problem, /not trusted/);
  assert.match(find({ searched }).problem, /not trusted/);
  assert.deepEqual(find({ searched: [searched, base.searched].join(path.delimiter) }), { program: installed });
  assert.deepEqual(find({ setting: inside, trusted: true }), { program: inside });
  assert.deepEqual(find({ searched, trusted: true }), { program: inside });
});

test("neither is what a link leads to, there or from there", () => {
  mkdirSync(path.join(own, "linked"));
  symlinkSync(inside, path.join(own, "linked", "copydesk"));
  assert.match(find({ searched: path.join(own, "linked") }).problem, /not trusted/);
  symlinkSync(installed, path.join(own, "workspace", "copydesk"));
  assert.match(find({ setting: path.join(own, "workspace", "copydesk") }).problem, /not trusted/);
  symlinkSync(path.join(own, "workspace"), path.join(own, "alias"));
  assert.match(find({ folders: [path.join(own, "alias")], setting: inside }).problem, /not trusted/);
});

test("an entry of the path that means the current folder is passed over", () => {
  const before = process.cwd();
  process.chdir(path.dirname(inside));
  try {
    for (const searched of ["", ".", `:${base.searched}`]) {
      assert.notEqual(find({ searched, trusted: true }).program, "copydesk");
      assert.ok(!find({ searched, trusted: true }).program?.startsWith(own + "/workspace"));
    }
  } finally {
    process.chdir(before);
  }
});

test("a sibling whose name begins like the folder's is outside of it", () => {
  const sibling = program("workspace-2");
  assert.deepEqual(find({ setting: sibling }), { program: sibling });
});
