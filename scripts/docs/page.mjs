// One page of the Registry: front matter, and a template's prose with its placeholders filled.
import { readFileSync } from "node:fs";
import { address, version } from "../build/provider.mjs";
import { argumentsMarkdown, attributesMarkdown } from "./schema-markdown.mjs";

/** @typedef {import("./load-provider.mjs").Provider} Provider */

/** @param {Provider} provider @param {string} page @param {string} template */
export function renderPage(provider, page, template) {
  const subject = subjectOf(provider, page);
  const lines = template.replace(/\{\{ *(\w+)(?: +([^} ]+))? *\}\}/g, (whole, name, argument) => {
    switch (name) {
      case "description":
        return subject.schema?.description ?? fail(page, whole);
      case "example":
        return example(argument ?? fail(page, whole));
      case "arguments":
        return argumentsMarkdown(subject.schema ?? fail(page, whole));
      case "attributes":
        return attributesMarkdown(subject.schema ?? fail(page, whole));
      case "source":
        return address.split("/").slice(1).join("/");
      case "version":
        return version;
      default:
        return fail(page, whole);
    }
  });
  return `${frontMatter(subject, template)}\n${lines.trim()}\n`;
}

/**
 * What a page is about: `data-sources/x.md` is about the data source provider_x.
 * @param {Provider} provider @param {string} page
 */
function subjectOf(provider, page) {
  const [, kind, file] = /^(?:([a-z-]+)\/)?(\w[\w-]*)\.md$/.exec(page) ?? [];
  if (kind === undefined) return { title: `${provider.name} Provider`, schema: provider.schema };
  if (kind === "guides") return { title: undefined, schema: undefined };
  const name = `${provider.name}_${file}`;
  const object = kind === "data-sources" ? provider.dataSources.get(name) : undefined;
  if (object === undefined) fail(page, `no ${kind} ${name}`);
  return { title: `${name} Data Source - ${provider.name}`, schema: object?.schema };
}

/** @param {{ title: string | undefined, schema: { description: string } | undefined }} subject @param {string} template */
function frontMatter(subject, template) {
  const heading = /^# (.+)$/m.exec(template)?.[1] ?? "";
  const description = subject.schema?.description ?? /^# .+\n+([^\n]+)/m.exec(template)?.[1] ?? "";
  return `---
page_title: ${JSON.stringify(subject.title ?? heading)}
subcategory: ""
description: |-
  ${description}
---
`;
}

/** An example's main file in a code block. @param {string} name */
function example(name) {
  const file = name.includes("/") ? name : `${name}/main.tf`;
  return `\`\`\`terraform\n${readFileSync(`terraform-examples/${file}`, "utf8").trim()}\n\`\`\``;
}

/** @param {string} page @param {string} what @returns {never} */
function fail(page, what) {
  console.error(`Template of ${page}: cannot fill ${what}.`);
  process.exit(1);
}
