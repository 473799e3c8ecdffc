// One page of the Registry: front matter, and a template's prose with its placeholders filled.
import { readFileSync } from "node:fs";
import { address, version } from "../build/provider.mjs";
import { parametersMarkdown, returnsMarkdown, signature } from "./function-markdown.mjs";
import { documented } from "./objects.mjs";
import { platformsMarkdown } from "./platforms-markdown.mjs";
import { argumentsMarkdown, attributesMarkdown } from "./schema-markdown.mjs";

/** @typedef {import("./load-provider.mjs").Provider} Provider */
/** @typedef {import("./objects.mjs").Documented} Documented */
/** @typedef {Partial<Documented> & { title?: string }} Subject */

/** @param {Provider} provider @param {string} page @param {string} template */
export function renderPage(provider, page, template) {
  const subject = subjectOf(provider, page);
  // A page's first configuration can be pasted as it is: the others go with it.
  let named = /^ *required_providers \{/m.test(template);
  const text = template.replace(/\{\{ *(\w+)(?: +([^} ]+))? *\}\}/g, (whole, name, argument) => {
    const filled =
      name === "example" && argument !== undefined ? example(argument, named) : fill(provider, subject, name);
    named ||= name === "example";
    return filled ?? fail(page, whole);
  });
  return `${frontMatter(subject, text)}\n${text.trim()}\n`;
}

/**
 * What stands for a placeholder; undefined where the page has no such thing.
 * @param {Provider} provider @param {Subject} subject @param {string} name
 */
function fill(provider, subject, name) {
  const { schema, function: declared } = subject;
  switch (name) {
    case "name":
      return subject.name;
    case "label":
      return subject.label;
    case "description":
      return subject.description;
    case "arguments":
      return schema && argumentsMarkdown(schema);
    case "attributes":
      return schema && attributesMarkdown(schema);
    case "signature":
      return declared && signature(declared);
    case "parameters":
      return declared && parametersMarkdown(declared);
    case "returns":
      return declared && returnsMarkdown(declared);
    case "objects":
      return objectsMarkdown(provider);
    case "platforms":
      return platformsMarkdown();
    case "source":
      return address.split("/").slice(1).join("/");
    case "version":
      return version;
    default:
      return undefined;
  }
}

/** What a page is about: `data-sources/x.md` is about the data source provider_x. @param {Provider} provider @param {string} page @returns {Subject} */
function subjectOf(provider, page) {
  if (page === "index.md") {
    const { schema } = provider;
    return { title: `${provider.name} Provider`, description: schema.description, schema };
  }
  if (page.startsWith("guides/")) return {};
  const object = documented(provider).find((one) => one.page === page);
  if (object === undefined) return fail(page, "it: the provider has no such object");
  return { ...object, title: `${object.name} ${object.label} - ${provider.name}` };
}

/** @param {Subject} subject @param {string} text */
function frontMatter(subject, text) {
  const heading = /^# (.+)$/m.exec(text)?.[1] ?? "";
  const opening = /^# .+\n+((?:[^\n]+\n)+)/m.exec(text)?.[1]?.trim().replaceAll("\n", " ");
  return `---
page_title: ${JSON.stringify(subject.title ?? heading)}
subcategory: ""
description: |-
  ${subject.description ?? opening ?? ""}
---
`;
}

/** A table of everything that the provider has, with links. @param {Provider} provider */
function objectsMarkdown(provider) {
  const rows = documented(provider).map(({ label, name, page, function: declared, description }) => {
    const [first] = (declared?.summary ?? description).split(/(?<=\.)\s/);
    return `| ${label.toLowerCase()} [\`${name}\`](${page}) | ${first} |`;
  });
  return `| object | what it does |\n|---|---|\n${rows.join("\n")}`;
}

/**
 * An example's main file in a code block, below the block that names the provider unless the page has it already.
 * @param {string} name @param {boolean} named
 */
function example(name, named) {
  const read = (/** @type {string} */ file) => readFileSync(`terraform-examples/${file}`, "utf8").trim();
  const main = read(name.includes("/") ? name : `${name}/main.tf`);
  const text = named ? main : `${read(`${name}/versions.tf`)}\n\n${main}`;
  return `\`\`\`terraform\n${text}\n\`\`\``;
}

/** @param {string} page @param {string} what @returns {never} */
function fail(page, what) {
  console.error(`Template of ${page}: cannot fill ${what}.`);
  process.exit(1);
}
