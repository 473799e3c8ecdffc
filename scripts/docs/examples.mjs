// The configurations of terraform-examples on a page.
import { readdirSync, readFileSync } from "node:fs";

const folder = "terraform-examples";

/**
 * An example's main file in a code block, below the block that names the provider unless the page has it already.
 * @param {string} name Of the folder, or a file in it. @param {boolean} named
 */
export function example(name, named) {
  return block(name.includes("/") ? read(name) : read(`${name}/main.tf`), named);
}

/**
 * All examples that have the object, or the smallest configuration of a data source that none has.
 * @param {import("./page.mjs").Subject} subject @param {boolean} named
 */
export function examplesOf({ name = "", label = "", schema }, named) {
  const kind = label === "Resource" ? "resource" : "data";
  const all = readdirSync(folder).map((each) => read(`${each}/main.tf`));
  const own = all.filter((text) => new RegExp(`^ *${kind} "${name}" `, "m").test(text));
  if (own.length > 0) return own.map((text, index) => block(text, named || index > 0)).join("\n\n");
  if (kind === "resource" || schema === undefined) return undefined;
  return block(smallest(name, schema), named);
}

/** @param {string} name @param {import("./objects.mjs").Schema} schema */
function smallest(name, schema) {
  const required = Object.entries(schema.attributes).filter(([, { mode }]) => mode === "required");
  const width = Math.max(...required.map(([each]) => each.length));
  const given = required.map(([each, { description }]) => {
    const [, value = ""] = /for example `([^`]+)`/.exec(description) ?? [];
    return `  ${each.padEnd(width)} = "${value}"\n`;
  });
  const list = "ids" in schema.attributes;
  const address = `data.${name}.${list ? "all" : "example"}`;
  const body = given.length === 0 ? "{}" : `{\n${given.join("")}}`;
  return `data "${name}" "${list ? "all" : "example"}" ${body}\n\noutput "${list ? "ids" : "status"}" {\n  value = ${address}.${list ? "ids" : "status"}\n}`;
}

/** @param {string} text @param {boolean} named */
function block(text, named) {
  return `\`\`\`terraform\n${named ? "" : `${read("chat-completion/versions.tf")}\n\n`}${text}\n\`\`\``;
}

/** @param {string} file */
function read(file) {
  return readFileSync(`${folder}/${file}`, "utf8").trim();
}
