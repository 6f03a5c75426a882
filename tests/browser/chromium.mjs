// Starts Chromium as the tests want it: of Debian's package, asking the network nothing.

import { createRequire } from "node:module";
import path from "node:path";

const { chromium } = createRequire(path.join(process.env.BROWSER, "package.json"))("playwright-core");

export const launch = () =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
      ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ),
  });
