// What speedscope makes of files: node speedscope_test.js CHROMIUM SPEEDSCOPE-FOLDER PROFILE-FOLDER FILE ...
// Prints, for each file, the format that was recognised, the rows of the table of functions, and errors of the page.
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");
const http = require("http");
const path = require("path");

const [executablePath, folder, profile, ...files] = process.argv.slice(2);
// It draws with WebGL, which is done in software where there is no graphics card.
const flags = ["--headless", "--no-sandbox", "--ignore-gpu-blocklist", "--use-angle=swiftshader", "--disable-quic", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };

const server = http.createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname).slice(1);
  const file = name.startsWith("given/") ? files[Number(path.parse(name).name)] : path.join(folder, name);
  if (!file || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": types[path.extname(file)] || "application/octet-stream" });
  response.end(fs.readFileSync(file));
});

server.listen(0, "127.0.0.1", async () => {
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: flags, headless: true });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const results = [];
  for (let i = 0; i < files.length; i++) {
    const tab = await context.newPage();
    const errors = [];
    let recognised = "";
    const opened = new Promise((resolve) => {
      tab.on("console", (message) => {
        if (message.text().startsWith("Importing as")) recognised = message.text();
        if (message.text().startsWith("import:")) resolve();
      });
      setTimeout(resolve, 60000);
    });
    tab.on("pageerror", (error) => errors.push(error.message));
    tab.on("dialog", (dialog) => {
      errors.push(dialog.message());
      dialog.dismiss();
    });
    const url = `${origin}/given/${i}${path.extname(files[i])}`;
    await tab.goto(`${origin}/index.html#profileURL=${encodeURIComponent(url)}`);
    await opened;
    await tab.getByText("Sandwich").click();
    await tab.waitForSelector("tr td");
    const rows = await tab.evaluate(() => [...document.querySelectorAll("tr")].map((row) => row.innerText));
    results.push({ recognised, rows, errors });
    await tab.close();
  }
  await context.close();
  server.close();
  console.log(JSON.stringify(results));
});
process.on("unhandledRejection", (error) => {
  console.error(String(error));
  process.exit(1);
});
