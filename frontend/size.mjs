// Fails when the pages grow past their budgets, counted in gzipped bytes as a browser fetches them.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS = { firstLoad: 30_000, chunk: 15_000, styles: 12_000 };

const dist = new URL("dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const weigh = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

/** A chunk together with everything it needs before it can run. */
function closure(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const needed of manifest[key].imports ?? []) closure(needed, found);
  return found;
}

const sum = (keys) => [...keys].reduce((total, key) => total + weigh(manifest[key].file), 0);

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const start = closure(entry);
const pages = manifest[entry].dynamicImports ?? [];
const styles = new Set(Object.values(manifest).flatMap(({ css = [] }) => css));

const rows = [
  ...pages.map((key) => [
    "first load, then " + manifest[key].name,
    sum(closure(key, new Set(start))),
    LIMITS.firstLoad,
  ]),
  ...Object.keys(manifest)
    .filter((key) => !start.has(key) && manifest[key].file.endsWith(".js"))
    .map((key) => ["chunk " + manifest[key].name, weigh(manifest[key].file), LIMITS.chunk]),
  ["start", sum(start), LIMITS.firstLoad],
  ["styles", [...styles].reduce((total, file) => total + weigh(file), 0), LIMITS.styles],
];

let failed = false;
for (const [name, size, limit] of rows.sort((a, b) => b[1] / b[2] - a[1] / a[2])) {
  const over = size > limit;
  failed ||= over;
  console.log(`${over ? "OVER " : "     "}${String(size).padStart(6)} of ${limit}  ${name}`);
}
if (failed) process.exit(1);
