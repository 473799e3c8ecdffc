// Tables and lists of what there is: objects, guides, platforms.
import { readdirSync, readFileSync } from "node:fs";
import { platforms } from "../release/platforms.mjs";
import { documented } from "./objects.mjs";

/** @typedef {import("./load-provider.mjs").Declared} Declared */

/**
 * Everything that the provider has, with links.
 * @param {Declared} declared @param {string} [prefix] Of the links: where docs/ is.
 */
export function objectsMarkdown({ provider, declarations }, prefix = "") {
  const rows = documented(provider, declarations).map((each) => {
    const [first] = each.description.split(/(?<=\.)\s/);
    const name = `${each.label.toLowerCase()} [\`${each.name}\`](${prefix}${each.page})`;
    return `| ${each.subcategory || "Functions"} | ${name} | ${first} |`;
  });
  return `| | object | what it does |\n|---|---|---|\n${rows.join("\n")}`;
}

/** What `terraform query` finds, as rows: each object with the arguments that narrow it down. @param {Declared} declared */
export function listsMarkdown({ provider, declarations }) {
  const lists = documented(provider, declarations).filter(({ label }) => label === "List Resource");
  return lists
    .map(({ name, page, schema }) => {
      const filters = Object.entries(schema?.attributes ?? {}).map(
        ([each, { mode }]) => `\`${each}\`${mode === "required" ? " (required)" : ""}`,
      );
      return `| [\`${name}\`](../${page}) | ${filters.join(", ") || "–"} |`;
    })
    .join("\n");
}

/** The examples with the first sentence of each. */
export function examplesMarkdown() {
  const folder = "terraform-examples";
  const rows = readdirSync(folder)
    .sort()
    .map((name) => {
      const [comment = ""] = /^# .+(\n# ?.+)*/.exec(readFileSync(`${folder}/${name}/main.tf`, "utf8")) ?? [];
      const [first] = comment
        .replace(/^# ?/gm, "")
        .replace(/\n/g, " ")
        .split(/(?<=\w[\w`)]\.)\s|\s{2,}/);
      return `| [${name}](${folder}/${name}) | ${first} |`;
    });
  return `| example | what it does |\n|---|---|\n${rows.join("\n")}`;
}

/** The guides with the first sentence of each. @param {string} [prefix] Of the links: where docs/ is. */
export function guidesMarkdown(prefix = "") {
  const folder = "scripts/docs/templates/guides";
  const guides = readdirSync(folder).map((file) => {
    const text = readFileSync(`${folder}/${file}`, "utf8");
    return `- [${headingOf(text)}](${prefix}guides/${file.replace(/\.tmpl$/, "")}): ${openingOf(text)}`;
  });
  return guides.sort().join("\n");
}

/** @param {string} text */
export function headingOf(text) {
  return /^# (.+)$/m.exec(text)?.[1] ?? "";
}

/** The first sentence below the heading, without its marks and links. @param {string} text */
export function openingOf(text) {
  const paragraph = /^# .+\n+((?:[^\n]+\n)+)/m.exec(text)?.[1] ?? "";
  return plainText(paragraph).split(/(?<=[.?])\s/)[0] ?? "";
}

/** Markdown as plain text, for front matter. @param {string} markdown */
export function plainText(markdown) {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[`*]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The platforms of a release. */
export function platformsMarkdown() {
  const rows = platforms.map(({ title, tried }) => `| ${title} | ${tried} |`);
  return `| platform | tried how |\n|---|---|\n${rows.join("\n")}`;
}
