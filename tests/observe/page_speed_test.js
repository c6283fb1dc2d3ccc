// How long a step of a long recording takes: node page_speed_test.js CHROMIUM PAGE PROFILE-FOLDER
// Prints medians in milliseconds, layout included: opening, steps by key, jumps of the slider to places far apart.
"use strict";
const { chromium } = require("playwright-core");

const [executablePath, page, profile] = process.argv.slice(2);
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
               "--disable-component-update", "--disable-sync"];

(async () => {
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: flags, headless: true, viewport: { width: 1360, height: 820 } });
  const tab = await context.newPage();
  const opened = Date.now();
  await tab.goto("file://" + page);
  const open = Date.now() - opened;
  const result = await tab.evaluate(() => {
    const slider = document.getElementById("slider");
    const last = Number(slider.max);
    const timed = (act) => {
      const begin = performance.now();
      act();
      document.body.getBoundingClientRect();
      return performance.now() - begin;
    };
    const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
    const jump = (n) => { slider.value = n; slider.dispatchEvent(new Event("input")); };
    const key = (name) => document.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
    const at = () => Number(slider.value);
    const jumps = [], forward = [], back = [];
    for (let i = 0; i < 60; i++) jumps.push(timed(() => jump((i * 7919) % (last + 1))));
    jump(Math.floor(last / 2));
    const start = at();
    for (let i = 0; i < 200; i++) forward.push(timed(() => key("ArrowRight")));
    const moved = at() - start;
    for (let i = 0; i < 200; i++) back.push(timed(() => key("ArrowLeft")));
    return { steps: last + 1, moved, returned: at() === start, jump: median(jumps), forward: median(forward), back: median(back) };
  });
  await context.close();
  console.log(JSON.stringify({ open, ...result }));
})().catch((e) => {
  console.error(e.stack || String(e));
  process.exit(1);
});
