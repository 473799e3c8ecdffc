// Writes the Registry's pages (docs/) from the declarations in src/provider, the examples in
// terraform-examples/ and the prose in scripts/docs/templates, and the README's table of platforms.
// `--check` only compares, and exits 1 where a page is out of step.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadProvider } from "./docs/load-provider.mjs";
import { documented } from "./docs/objects.mjs";
import { renderPage } from "./docs/page.mjs";
import { readmeWithPlatforms } from "./docs/platforms-markdown.mjs";

const templates = "scripts/docs/templates";
const defaults = "scripts/docs/defaults";
const check = process.argv.includes("--check");
const provider = await loadProvider();

/** @type {Map<string, string>} */
const pages = new Map();
for (const file of readdirSync(templates, { recursive: true, encoding: "utf8" }).sort()) {
  if (!file.endsWith(".md.tmpl")) continue;
  const page = file.slice(0, -".tmpl".length);
  pages.set(join("docs", page), renderPage(provider, page, readFileSync(join(templates, file), "utf8")));
}
// What has no template of its own gets a page of its declaration alone.
for (const { page, schema } of documented(provider)) {
  const file = join("docs", page);
  const template = join(defaults, schema === undefined ? "function.md.tmpl" : "object.md.tmpl");
  if (!pages.has(file)) pages.set(file, renderPage(provider, page, readFileSync(template, "utf8")));
}
pages.set("README.md", readmeWithPlatforms());

if (check) {
  const stale = [...pages].filter(([file, text]) => !existsSync(file) || readFileSync(file, "utf8") !== text);
  const extra = existing().filter((file) => !pages.has(file));
  for (const [file] of stale)
    console.error(`${file} is out of step with its declaration: run \`make docs\`.`);
  for (const file of extra) console.error(`${file} has no template any more: run \`make docs\`.`);
  process.exitCode = stale.length + extra.length > 0 ? 1 : 0;
} else {
  for (const file of existing()) rmSync(file);
  for (const [file, text] of pages) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`Wrote ${pages.size} pages.`);
}

/** Pages that this script owns: all of docs/ but what is written for developers. */
function existing() {
  if (!existsSync("docs")) return [];
  return readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && !file.startsWith("developers"))
    .map((file) => join("docs", file));
}
