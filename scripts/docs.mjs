// Writes the Registry's pages (docs/) from the declarations in src/provider, the examples in
// terraform-examples/ and the prose in scripts/docs/templates, and the README's tables.
// `--check` only compares, and exits 1 where a page is out of step.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadDeclared } from "./docs/load-provider.mjs";
import { documented } from "./docs/objects.mjs";
import { renderPage } from "./docs/page.mjs";
import { renderReadme } from "./docs/readme.mjs";

const templates = "scripts/docs/templates";
const defaults = "scripts/docs/defaults";
const check = process.argv.includes("--check");
const declared = await loadDeclared();

/** @type {Map<string, string>} */
const pages = new Map();
for (const file of readdirSync(templates, { recursive: true, encoding: "utf8" }).sort()) {
  if (!file.endsWith(".md.tmpl")) continue;
  const page = file.slice(0, -".tmpl".length);
  pages.set(join("docs", page), renderPage(declared, page, readFileSync(join(templates, file), "utf8")));
}
// What has no template of its own gets a page of its declaration alone.
for (const { page, folder } of documented(declared.provider, declared.declarations)) {
  const file = join("docs", page);
  const template = join(defaults, `${folder}.md.tmpl`);
  if (!pages.has(file)) pages.set(file, renderPage(declared, page, readFileSync(template, "utf8")));
}
pages.set("README.md", renderReadme(declared));

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

/** What is in docs/: all of it is this script's. */
function existing() {
  if (!existsSync("docs")) return [];
  return readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file));
}
