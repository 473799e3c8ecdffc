// One page of the Registry: front matter, and a template's prose with its placeholders filled.
import { address, version } from "../build/provider.mjs";
import { errorsMarkdown } from "./errors.mjs";
import { example, examplesOf, queryOf, read } from "./examples.mjs";
import { parametersMarkdown, returnsMarkdown, signature } from "./function-markdown.mjs";
import { identityMarkdown, importMarkdown } from "./import-markdown.mjs";
import { keyMarkdown, sensitiveMarkdown } from "./key-markdown.mjs";
import { models } from "./models.mjs";
import { documented } from "./objects.mjs";
import { argumentsMarkdown, attributesMarkdown } from "./schema-markdown.mjs";
import {
  guidesMarkdown,
  headingOf,
  listsMarkdown,
  objectsMarkdown,
  openingOf,
  plainText,
  platformsMarkdown,
} from "./tables.mjs";

/** @typedef {import("./load-provider.mjs").Declared} Declared */
/** @typedef {import("./objects.mjs").Documented} Documented */
/** @typedef {Partial<Documented> & { title?: string }} Subject */

/** @param {Declared} declared @param {string} page @param {string} template */
export function renderPage(declared, page, template) {
  const subject = subjectOf(declared, page);
  // A page's first configuration can be pasted as it is: the others go with it.
  let named = false;
  const text = template.replace(/\{\{ *(\w+)(?: +([^}]+?))? *\}\}/g, (whole, name, argument = "", at) => {
    named ||= /^ *required_providers \{/m.test(template.slice(0, at));
    const filled = fill(declared, subject, { name, argument, named });
    named ||= name === "example" || name === "examples";
    return filled ?? fail(page, whole);
  });
  return `${frontMatter(page, subject, text)}\n${text.trim().replace(/\n{3,}/g, "\n\n")}\n`;
}

/**
 * What stands for a placeholder; undefined where the page has no such thing.
 * @param {Declared} declared @param {Subject} subject
 * @param {{ name: string, argument: string, named: boolean }} placeholder
 */
function fill(declared, subject, { name, argument, named }) {
  const { schema, function: called, declaration, name: type = "" } = subject;
  const identity = declared.provider.resources.get(type)?.identity;
  switch (name) {
    case "name":
      return subject.name;
    case "label":
      return subject.label;
    case "description":
      return subject.description;
    case "example":
      return example(argument, named);
    case "text":
      return read(argument);
    case "examples":
      return subject.name && examplesOf(subject, named);
    case "arguments":
      return schema && (argumentsMarkdown(schema) || "There are none.");
    case "attributes":
      return schema && attributesMarkdown(schema);
    case "import":
      return declaration && importMarkdown(declaration, declared.importExample(declaration), identity);
    case "key":
      return keyMarkdown(subject);
    case "sensitive":
      return schema && sensitiveMarkdown(schema);
    case "query":
      return subject.name && queryOf(subject);
    case "identity":
      return identity && identityMarkdown(identity);
    case "errors":
      return errorsMarkdown(argument.split(" "), declared, subject);
    case "signature":
      return called && signature(called);
    case "parameters":
      return called && parametersMarkdown(called);
    case "returns":
      return called && returnsMarkdown(called);
    case "objects":
      return objectsMarkdown(declared);
    case "lists":
      return listsMarkdown(declared);
    case "guides":
      return guidesMarkdown();
    case "platforms":
      return platformsMarkdown();
    case "model":
      return models[0];
    case "source":
      return address.split("/").slice(1).join("/");
    case "version":
      return version;
    default:
      return undefined;
  }
}

/**
 * What a page is about: `data-sources/x.md` is about the data source provider_x.
 * @param {Declared} declared @param {string} page @returns {Subject}
 */
function subjectOf({ provider, declarations }, page) {
  if (page === "index.md") {
    const { schema } = provider;
    return { title: `${provider.name} Provider`, description: schema.description, schema };
  }
  if (page.startsWith("guides/")) return { subcategory: "" };
  const object = documented(provider, declarations).find((one) => one.page === page);
  if (object === undefined) return fail(page, "it: the provider has no such object");
  return { ...object, title: `${object.name} ${object.label} - ${provider.name}` };
}

/** Its keys are those that the Registry takes: none of `subcategory` on the index. @param {string} page @param {Subject} subject @param {string} text */
function frontMatter(page, subject, text) {
  const subcategory =
    page === "index.md" ? [] : [`subcategory: ${JSON.stringify(subject.subcategory ?? "")}`];
  return [
    "---",
    `page_title: ${JSON.stringify(subject.title ?? headingOf(text))}`,
    ...subcategory,
    "description: |-",
    `  ${plainText(subject.description ?? openingOf(text))}`,
    "---",
    "",
  ].join("\n");
}

/** @param {string} page @param {string} what @returns {never} */
function fail(page, what) {
  const remedy = /\bexamples\b/.test(what)
    ? " No main.tf of a folder in terraform-examples/ has a block of this object: write an example."
    : "";
  console.error(`Template of ${page}: cannot fill ${what}.${remedy}`);
  process.exit(1);
}
