// A registry of npm packages on this machine: `registry.js FOLDER` serves the packed packages of a folder, and prints its
// address. Whatever else it is asked for, it does not have.
"use strict";

const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { readFileSync, readdirSync } = require("node:fs");
const http = require("node:http");
const path = require("node:path");

const folder = process.argv[2];
const packages = new Map();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".tgz"))) {
  const packed = path.join(folder, file);
  const manifest = JSON.parse(execFileSync("tar", ["xzOf", packed, "package/package.json"]));
  const integrity = `sha512-${createHash("sha512").update(readFileSync(packed)).digest("base64")}`;
  packages.set(manifest.name, { manifest, file, integrity });
}

const server = http.createServer((request, answer) => {
  const asked = decodeURIComponent(request.url.slice(1));
  const found = packages.get(asked);
  if (found) {
    const { manifest, file, integrity } = found;
    const dist = { tarball: `${address()}${file}`, integrity };
    const { name, version } = manifest;
    answer.setHeader("content-type", "application/json");
    answer.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } }));
  } else if ([...packages.values()].some(({ file }) => file === asked)) {
    answer.end(readFileSync(path.join(folder, asked)));
  } else {
    answer.statusCode = 404;
    answer.end("{}");
  }
});

function address() {
  return `http://127.0.0.1:${server.address().port}/`;
}

server.listen(0, "127.0.0.1", () => console.log(address()));
