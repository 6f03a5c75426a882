// `page.mjs PAGE FOLDER`: what someone does with the page of `copydesk report` in a browser that runs no scripts: filters,
// goes through it by keyboard, prints it, reads it on a phone. PAGE shows the articles that `run` writes. Screenshots go to
// FOLDER.

import assert from "node:assert/strict";
import path from "node:path";

import { launch } from "./chromium.mjs";

const [page, screenshots] = process.argv.slice(2).map((name) => path.resolve(name));
const browser = await launch();
try {
  for (const part of [filters, keyboard, looks, print]) {
    await part();
    console.log(`   ${part.name}: well`);
  }
} finally {
  await browser.close();
}

/** Opens the page, on a screen; whatever it asks for or complains of is a failure. */
async function open(options = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(10_000);
  tab.on("request", (request) => assert.equal(request.url().split("#")[0], `file://${page}`, "it asks for something"));
  tab.on("console", (said) => assert.fail(`it complains: ${said.text()}`));
  await tab.goto(`file://${page}`);
  return tab;
}

/** What can be seen: the findings, as the name of their article and their lint, and how many articles. */
function seen(tab) {
  return tab.evaluate(() => {
    const articles = [...document.querySelectorAll("article")].filter((article) => article.checkVisibility());
    const told = articles.flatMap((article) =>
      [...article.querySelectorAll("ul > li")]
        .filter((finding) => finding.checkVisibility())
        .map((finding) => `${article.querySelector("h3 bdi").textContent} ${finding.querySelector("a").textContent}`),
    );
    return { told: told.map((line) => line.replace("articles/", "")).sort(), articles: articles.length };
  });
}

async function filters() {
  const tab = await open();
  const all = await seen(tab);
  const box = (name) => tab.getByRole("checkbox", { name, exact: true });
  const shows = async (expected, what) => {
    const { told, articles } = await seen(tab);
    assert.deepEqual(told, [...expected].sort(), what);
    assert.equal(articles, new Set(expected.map((line) => line.split(" ")[0])).size, `${what}: an article without findings is shown`);
  };
  const only = (part) => all.told.filter((line) => line.includes(part));
  assert.ok(all.told.length >= 8 && all.articles >= 5, "there is something to choose from");
  await tab.evaluate(() => document.querySelectorAll(".filters details").forEach((fold) => (fold.open = true)));

  await box("error").check();
  await shows(["news/ferry.md mojibake", "es/sail.md number-mismatch"], "errors");
  await box("note").check();
  await shows(["news/ferry.md mojibake", "es/sail.md number-mismatch", "news/ferry.md doubled-space", "news/pier.md doubled-space"], "errors and notes");
  await box("error").uncheck();
  await shows(only("doubled-space"), "notes");
  await box("repeated-word").check();
  await shows([], "a lint that is no note");
  await box("note").uncheck();
  await shows(only("repeated-word"), "a lint");
  await box("French").or(box("fr")).check();
  await shows(["sport/bac.md repeated-word"], "a lint in a language");
  await box("news").check();
  await shows([], "a language that is not in the folder");
  await box("French").or(box("fr")).uncheck();
  await shows(["news/ferry.md repeated-word"], "a lint in a folder");
  await tab.getByRole("button", { name: "Show all" }).click();
  await shows(all.told, "everything again");
  await box("sport").check();
  await shows(only("sport/"), "a folder");
  await box("news").check();
  await shows([...only("sport/"), ...only("news/")], "two folders");
}

async function keyboard() {
  const tab = await open();
  const focus = () =>
    tab.evaluate(() => {
      const at = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const { top, width } = at.getBoundingClientRect();
      const name = at.id || at.textContent.trim().slice(0, 30);
      return { tag: at.tagName, name, href: at.getAttribute("href"), top: top + scrollY, width, outline: `${outlineStyle} ${outlineWidth}` };
    });
  // Round once: each place is seen, and further down than the one before unless they stand beside each other.
  const round = [];
  for (let n = 0; n < 400; n++) {
    await tab.keyboard.press("Tab");
    const at = await focus();
    if (at.tag === "BODY" || (round.length > 0 && at.name === round[0].name && at.tag === round[0].tag)) break;
    assert.equal(at.outline, "solid 3px", `the focus on ${at.tag} ${at.name} is seen`);
    assert.ok(at.width > 0, `${at.tag} ${at.name} can be seen`);
    round.push(at);
  }
  assert.equal(round[0].name, "Skip to the articles");
  for (const tag of ["A", "SUMMARY", "INPUT", "BUTTON"]) assert.ok(round.some((at) => at.tag === tag), `Tab comes to ${tag}`);
  for (let n = 2; n < round.length; n++) {
    assert.ok(round[n].top >= round[n - 1].top - 60, `from ${round[n - 1].name} Tab goes up to ${round[n].name}`);
  }

  // Enter skips, and from there Tab goes on.
  await tab.goto("about:blank");
  await tab.goto(`file://${page}`);
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  assert.match(tab.url(), /#articles$/);
  await tab.keyboard.press("Tab");
  assert.equal((await focus()).name, "f-e", "the first box comes after the link that skips");
  const all = await seen(tab);
  await tab.keyboard.press("Space");
  const errors = await seen(tab);
  assert.ok(errors.told.length > 0 && errors.told.length < all.told.length, "Space ticks a box");
  for (const key of ["Enter", "Escape"]) {
    await tab.keyboard.press(key);
    assert.match(tab.url(), /#articles$/, `${key} on a box goes nowhere`);
    assert.deepEqual(await seen(tab), errors, `${key} on a box changes nothing`);
  }
  const tabTo = async (wanted, key = "Tab") => {
    for (let n = 0; n < 60; n++) {
      const at = await focus();
      if (wanted(at)) return;
      await tab.keyboard.press(key);
    }
    assert.fail("Tab does not come there");
  };
  for (const key of ["Enter", "Space"]) {
    await tabTo((at) => at.tag === "SUMMARY");
    const isOpen = () => tab.evaluate(() => document.activeElement.parentElement.open);
    assert.equal(await isOpen(), false);
    await tab.keyboard.press(key);
    assert.equal(await isOpen(), true, `${key} opens a fold`);
    await tab.keyboard.press("Tab");
  }
  for (const key of ["Enter", "Space"]) {
    await tabTo((at) => at.tag === "BUTTON");
    await tab.keyboard.press(key);
    assert.deepEqual(await seen(tab), all, `${key} on the button shows all`);
    assert.equal((await focus()).tag, "BUTTON", "the focus stays");
    await tabTo((at) => at.name === "f-e", "Shift+Tab");
    await tab.keyboard.press("Space");
    assert.deepEqual(await seen(tab), errors, "back at the first box Space ticks it again");
  }
}

async function looks() {
  for (const [name, options] of Object.entries({
    wide: {},
    dark: { colorScheme: "dark" },
    phone: { viewport: { width: 390, height: 844 } },
    narrow: { viewport: { width: 320, height: 640 } },
  })) {
    const tab = await open(options);
    const beyond = await tab.evaluate(() => {
      document.querySelectorAll("details").forEach((fold) => (fold.open = true));
      return document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
    assert.equal(beyond, 0, `${name}: the page is wider than the screen`);
    // A picture of the whole page does not bring all of it onto the screen.
    await tab.evaluate(() => document.querySelectorAll("article").forEach((a) => (a.style.contentVisibility = "visible")));
    await tab.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
    await tab.context().close();
  }
  // What is written from right to left is read so.
  const tab = await open();
  const sides = await tab.evaluate(() => {
    const excerpt = document.querySelector("q[lang=ar]");
    const { left, right, width } = excerpt.getBoundingClientRect();
    const mark = [...excerpt.querySelectorAll("mark, del")].at(0).getBoundingClientRect();
    return { direction: getComputedStyle(excerpt).direction, mark: (mark.left + mark.right) / 2 - left, width, right };
  });
  assert.equal(sides.direction, "rtl");
  assert.ok(sides.mark > sides.width / 2, "the beginning of the line is at the right");
  // All links of the page lead to something.
  const nowhere = await tab.evaluate(() =>
    [...document.querySelectorAll("a")].map((link) => link.hash.slice(1)).filter((id) => !document.getElementById(id)),
  );
  assert.deepEqual(nowhere, []);
}

async function print() {
  const tab = await open();
  await tab.emulateMedia({ media: "print" });
  const { told, articles } = await seen(tab);
  assert.ok(told.length >= 8 && articles >= 5);
  const shown = (selector) => tab.evaluate((s) => [...document.querySelectorAll(s)].some((part) => part.checkVisibility()), selector);
  assert.ok(!(await shown(".filters, .skip, summary")), "there is nothing to press on paper");
  const pages = (await tab.pdf({ path: path.join(screenshots, "print.pdf"), format: "A4" })).toString("latin1");
  assert.ok(/\/Type\s*\/Page\b/.test(pages), "there are pages");
  await tab.screenshot({ path: path.join(screenshots, "print.png"), fullPage: true });
}
