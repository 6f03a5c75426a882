// What someone does in VS Code: opens an article, sees what is marked, takes a fix, saves; then the commands. The folder is
// not trusted all the while. The environment says where everything is.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const { CODE_SERVER, VSIX, CLEAN, ROOT, COPYDESK, SCREENSHOTS } = process.env;
const { chromium } = createRequire(path.join(CODE_SERVER, "package.json"))("playwright-core");

writeFileSync(
  path.join(CLEAN, "user/User/settings.json"),
  JSON.stringify({
    "copydesk.path": COPYDESK,
    "editor.codeActionsOnSave": { "source.fixAll.copydesk": "explicit" },
    "editor.minimap.enabled": false,
    "extensions.autoCheckUpdates": false,
    "extensions.autoUpdate": false,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
    "telemetry.telemetryLevel": "off",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
  }),
);
const entry = path.join(CODE_SERVER, "node_modules/code-server/out/node/entry.js");
const folders = ["--user-data-dir", path.join(CLEAN, "user"), "--extensions-dir", path.join(CLEAN, "extensions")];
const environment = { ...process.env, HOME: CLEAN, XDG_CONFIG_HOME: CLEAN, XDG_DATA_HOME: CLEAN };
execFileSync("node", [entry, ...folders, "--install-extension", VSIX], { env: environment, stdio: "pipe" });

const words = [...folders, "--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check"];
const server = spawn("node", [entry, ...words], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
let browser;
try {
  const address = await new Promise((resolve, reject) => {
    let said = "";
    server.on("exit", () => reject(new Error(said)));
    server.stdout.on("data", (data) => {
      said += data;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
      ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ),
  });
  await use(await browser.newPage({ viewport: { width: 1280, height: 800 } }), address);
} finally {
  await browser?.close();
  server.kill();
}

async function use(page, address) {
  page.setDefaultTimeout(90_000);
  const article = path.join(CLEAN, "desk/ferry.md");
  const text = () => readFileSync(article, "utf8");
  const shot = (name) => page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  const bar = page.locator("#copydesk\\.copydesk\\.copydesk\\.findings, [id*='copydesk.findings']").first();

  async function command(name) {
    await page.keyboard.press("F1");
    const input = page.locator(".quick-input-widget input.input");
    await input.waitFor();
    await input.fill(`>${name}`);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
    await page.keyboard.press("Enter");
  }
  async function go(to) {
    await page.keyboard.press("Control+G");
    await page.locator(".quick-input-widget input.input").fill(`:${to}`);
    await page.keyboard.press("Enter");
    await sleep(300);
  }
  async function saved(expected, what, plainly = true) {
    if (plainly) await command("File: Save without Formatting");
    else await page.keyboard.press("Control+S");
    for (let tries = 0; tries < 100 && !expected.test(text()); tries++) await sleep(100);
    assert.match(text(), expected, what);
  }

  try {
    await page.goto(`${address}/?folder=${encodeURIComponent(path.join(CLEAN, "desk"))}`);
    await page.locator(".monaco-workbench .part.sidebar").waitFor();
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "ferry.md" }).dblclick();

    // Two warnings and a note are marked, and counted below.
    await page.locator(".monaco-editor .squiggly-warning").first().waitFor();
    await bar.filter({ hasText: "copydesk 3" }).waitFor();
    await shot("1-marked");
    assert.equal(await page.locator(".monaco-editor .squiggly-warning").count(), 2);

    // The lamp: the fix at the cursor.
    await go("3:22");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row.focused", { hasText: /^delete/i }).waitFor();
    await shot("2-offered");
    await page.keyboard.press("Enter");
    await bar.filter({ hasText: "copydesk 2" }).waitFor();
    await shot("3-mended");
    await saved(/^After three winters the ferry to/m, "the fix is saved");
    assert.match(text(), /Nadia  Zellweck/, "and nothing else");

    // The finding at the cursor explained.
    await go("5:50");
    await command("copydesk: Explain a lint");
    await page.locator(".view-lines", { hasText: "inconsistent-name:" }).last().waitFor();
    await shot("4-explained");
    await page.keyboard.press("Control+W");
    await page.locator(".tab", { hasText: "ferry.md" }).click();

    // All safe fixes; the name is not one.
    await command("copydesk: Apply all safe fixes");
    await bar.filter({ hasText: "copydesk 1" }).waitFor();
    await saved(/Nadia Zellweck took over\. Captain Zelweck/, "safe fixes are saved");

    // What is typed is marked, and mended at a save, as the settings say.
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nThe toll for the the ferry is gone.\n");
    await bar.filter({ hasText: "copydesk 2" }).waitFor();
    await saved(/The toll for the ferry is gone\.\n$/, "safe fixes are applied at a save", false);
    assert.equal(text(), readFileSync(path.join(ROOT, "tests/editors/mended.md"), "utf8"));

    // The report of the folder, in a page without scripts.
    await command("copydesk: Show the report of this folder");
    const report = page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
    await report.locator("h1").first().waitFor();
    await report.locator("body", { hasText: "Zelweck" }).waitFor();
    await shot("5-report");

    // A server that was started again marks as before.
    await page.locator(".tab", { hasText: "ferry.md" }).click();
    await command("copydesk: Restart the server");
    await sleep(500);
    await bar.filter({ hasText: "copydesk 1" }).waitFor();
    await page.locator(".monaco-editor .squiggly-warning").first().waitFor();

    assert.ok(!existsSync(path.join(CLEAN, "ran")), "the program of a folder that is not trusted was run");
  } catch (error) {
    await shot("failed");
    throw error;
  }
}
