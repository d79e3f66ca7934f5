// Opens a timeline in TimelineJS itself, in a page without a screen, and holds what it shows against the file.
//
//     npm install @knight-lab/timelinejs jsdom
//     saksi export --as timelinejs -o timeline.json --db news.db
//     node bench/timelinejs.mjs timeline.json

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { JSDOM } = require("jsdom");
const script = readFileSync(require.resolve("@knight-lab/timelinejs/dist/js/timeline.js"), "utf8");
const timeline = JSON.parse(readFileSync(process.argv[2], "utf8"));

const page = new JSDOM('<!doctype html><body><div id="here"></div></body>', {
  runScripts: "outside-only",
  pretendToBeVisual: true,
  url: "http://localhost/",
}).window;
page.matchMedia ??= () => ({ matches: false, addListener() {}, addEventListener() {} });
page.eval(script);
const shown = new page.TL.Timeline("here", timeline, { script_path: "http://localhost/js/" });
await new Promise((done) => setTimeout(done, 3000));

const { errors, warnings } = shown.config.messages;
const slides = page.document.querySelectorAll(".tl-slide").length;
const markers = page.document.querySelectorAll(".tl-timemarker").length;
const wanted = timeline.events.length;
console.log(`${wanted} events: ${slides} slides, ${markers} markers, ${errors.length} errors, ${warnings.length} warnings`);
const whole = slides === wanted + (timeline.title ? 1 : 0) && markers === wanted && errors.length + warnings.length === 0;
process.exit(whole ? 0 : 1);
