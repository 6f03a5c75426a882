// `axe.mjs PAGE`: all rules of axe-core over a page of `copydesk report`, wide and on a phone, light and dark. Each run of
// axe reads the whole page that is there and asks it for each word what lies under it, which for a thousand articles takes
// longer than anyone waits: the articles come into the page a few at a time, and the rest of it is read once.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { launch } from "./chromium.mjs";

const TOGETHER = 40;
// A page that grew old is slow: each browser gets so many articles.
const EACH = 400;
const SCREENS = [
  ["wide, light", { width: 1280, height: 900 }, "light"],
  ["wide, dark", { width: 1280, height: 900 }, "dark"],
  ["phone, light", { width: 390, height: 844 }, "light"],
  ["phone, dark", { width: 390, height: 844 }, "dark"],
];
const page = path.resolve(process.argv[2]);
const axe = readFileSync(createRequire(path.join(process.env.BROWSER, "package.json")).resolve("axe-core/axe.min.js"), "utf8");

let violations = 0;
for (const [name, viewport, colorScheme] of SCREENS) {
  const begun = Date.now();
  let read = 0;
  for (let first = 0, all = 1; first < all; first += EACH) {
    const browser = await launch();
    try {
      all = await look(browser, { viewport, colorScheme }, first, (at, found) => {
        read += at.articles;
        for (const { id, help, nodes } of found) {
          violations += nodes.length;
          for (const node of nodes.slice(0, 3)) {
            console.log(`${name}, ${at.what}: ${id}: ${help}\n  ${node.html.slice(0, 200)}\n  ${node.failureSummary}`);
          }
        }
      });
    } finally {
      await browser.close();
    }
  }
  console.log(`   axe, ${name}: ${read} articles and all else read in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}
assert.equal(violations, 0, "axe finds violations");

/** Reads the articles from the `first` on, and with the first of all the page without its articles. */
async function look(browser, options, first, tell) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const tab = await context.newPage();
  tab.setDefaultTimeout(300_000);
  await tab.goto(`file://${page}`);
  const all = await tab.evaluate(() => {
    const articles = [...document.querySelectorAll("article")];
    window.kept = articles;
    articles.forEach((article) => article.remove());
    return articles.length;
  });
  await tab.evaluate(`${axe};0`);
  const run = () => tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }).then((said) => said.violations));
  if (first === 0) {
    // What is folded away is read too.
    await tab.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    tell({ what: "all but the articles", articles: 0 }, await run());
  }
  // Beside the articles only what holds them, so that it is not read each time.
  await tab.evaluate(() => document.querySelectorAll("main > :not(#articles), .filters").forEach((part) => part.remove()));
  for (let at = first; at < Math.min(all, first + EACH); at += TOGETHER) {
    const count = await tab.evaluate(
      ([from, to]) => {
        const some = window.kept.slice(from, to);
        document.querySelectorAll("article").forEach((article) => article.remove());
        // All of them, whether they are on the screen or not.
        some.forEach((article) => (article.style.contentVisibility = "visible"));
        document.querySelector("#articles").append(...some);
        return some.length;
      },
      [at, Math.min(all, first + EACH, at + TOGETHER)],
    );
    tell({ what: `articles from ${at} on`, articles: count }, await run());
  }
  return all;
}
