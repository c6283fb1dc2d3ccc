// Drives the page of --trace=html: node page_test.js CHROMIUM PAGE EXPECTED.json PROFILE-FOLDER [SCREENSHOT.png]
// Steps through all instructions forwards by key, backwards, and by slider, and compares operation names and operand stacks with the
// text trace of the same program.
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");

const [executablePath, page, expectedFile, profile, screenshot] = process.argv.slice(2);
const expected = JSON.parse(fs.readFileSync(expectedFile, "utf8"));
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
               "--disable-component-update", "--disable-sync"];

function check(good, what) {
  if (!good) throw new Error(what);
}

(async () => {
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: flags, headless: true, viewport: { width: 1360, height: 820 } });
  const tab = await context.newPage();
  const errors = [];
  tab.on("pageerror", (e) => errors.push(String(e)));
  tab.on("request", (r) => { if (!r.url().startsWith("file:") && !r.url().startsWith("data:")) errors.push("request to " + r.url()); });
  await tab.goto("file://" + page);
  const read = () => tab.evaluate(() => ({
    count: document.getElementById("count").textContent,
    name: document.querySelector("#code .on .op").textContent,
    line: document.querySelector("#source .on") ? document.querySelector("#source .on .no").textContent : "",
    stack: [...document.querySelectorAll("#stack .v")].map((e) => e.querySelector(".ref") ? "<box>" : e.textContent),
    out: document.getElementById("out").textContent,
  }));
  const same = (step, i) => {
    check(step.name === expected.names[i], `step ${i}: ${step.name} instead of ${expected.names[i]}`);
    check(step.stack.length === expected.stacks[i].length, `step ${i}: stack ${step.stack} instead of ${expected.stacks[i]}`);
    step.stack.forEach((v, k) => check(v === "<box>" || v === expected.stacks[i][k], `step ${i}: ${v} instead of ${expected.stacks[i][k]}`));
  };
  const total = expected.names.length;
  const states = [];
  for (let i = 0; i < total; i++) {
    const step = await read();
    same(step, i);
    states.push(JSON.stringify(step));
    if (i + 1 < total) await tab.keyboard.press("ArrowRight");
  }
  for (let i = total - 1; i >= 0; i--) {
    check(JSON.stringify(await read()) === states[i], `back at step ${i}: ${JSON.stringify(await read())} instead of ${states[i]}`);
    if (i > 0) await tab.keyboard.press("ArrowLeft");
  }
  const middle = Math.floor(total * 0.7);
  await tab.evaluate((n) => { const s = document.getElementById("slider"); s.value = n; s.dispatchEvent(new Event("input")); }, middle);
  check(JSON.stringify(await read()) === states[middle], "the slider's step");
  await tab.keyboard.press("End");
  check((await read()).out === "chain 6\ncaught division by zero\n", "the output at the end");
  await tab.keyboard.press("Home");
  await tab.keyboard.press("ArrowDown");
  check((await read()).line === "1", "down goes to the next line");
  await tab.keyboard.press("ArrowDown");
  check((await read()).line === "6", "down goes over a statement to the next line");
  await tab.keyboard.press("ArrowUp");
  await tab.keyboard.press("ArrowUp");
  // Where the chain of objects is longest.
  let best = 0, at = 0;
  for (let i = 0; i < total; i += 1) {
    await tab.evaluate((n) => { const s = document.getElementById("slider"); s.value = n; s.dispatchEvent(new Event("input")); }, i);
    const arrows = await tab.evaluate(() => document.querySelectorAll("#arrows path[marker-end]").length + document.querySelectorAll("#frames .frame").length * 2 + document.querySelectorAll("#stack .v").length);
    if (arrows > best) { best = arrows; at = i; }
  }
  check(best > 0, "no arrow was ever drawn");
  if (screenshot) {
    await tab.evaluate((n) => { const s = document.getElementById("slider"); s.value = n; s.dispatchEvent(new Event("input")); }, at);
    await tab.screenshot({ path: screenshot });
  }
  check(errors.length === 0, errors.join("; "));
  await context.close();
  console.log(`${total} steps agree`);
})().catch((e) => {
  console.error(e.stack || String(e));
  process.exit(1);
});
