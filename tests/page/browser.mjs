// Debian's Chromium, driven by playwright-core: a page from disk, watched for whatever it says,
// asks for or runs.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const options = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export class Browser {
  static async start(tools, chromium) {
    const required = createRequire(resolve(tools, "package.json"));
    const browser = new Browser();
    browser.axe = required("axe-core").source;
    browser.chromium = await required("playwright-core").chromium.launch({
      executablePath: chromium,
      args: options,
    });
    return browser;
  }

  // A page in a profile of its own. `complaints` gathers what no report may do.
  async open(file, { width, scheme }) {
    const context = await this.chromium.newContext({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      acceptDownloads: true,
    });
    const page = await context.newPage();
    const url = pathToFileURL(file).href;
    const complaints = [];
    page.on("console", (message) =>
      complaints.push(`console ${message.type()}: ${message.text()}`),
    );
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    context.on("request", (request) => {
      if (request.url().split("#")[0] !== url && !request.url().startsWith("blob:"))
        complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    await page.waitForSelector("main .drawing svg, main .nothing", { timeout: 10_000 });
    return { page, complaints, close: () => context.close() };
  }

  stop() {
    return this.chromium.close();
  }
}
