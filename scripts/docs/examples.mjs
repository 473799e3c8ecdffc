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
  const kind = keywords[label];
  const all = readdirSync(folder).map((each) => read(`${each}/main.tf`));
  const own = all.filter((text) => new RegExp(`^ *${kind} "${name}" `, "m").test(text));
  if (own.length > 0) return own.map((text, index) => block(text, named || index > 0)).join("\n\n");
  // Arguments that need each other are chosen by an author, in an example.
  if (kind !== "data" || schema === undefined || schema.configValidators.length > 0) return undefined;
  return block(smallest(name, schema), named);
}

/** The words that begin the blocks of objects. @type {Readonly<Record<string, string>>} */
const keywords = {
  Resource: "resource",
  "Data Source": "data",
  "Ephemeral Resource": "ephemeral",
  Action: "action",
};

/** The smallest query of a list resource. @param {import("./page.mjs").Subject} subject */
export function queryOf({ name = "", schema }) {
  const given = schema === undefined ? [] : requiredArguments(schema);
  const config = given.length === 0 ? "" : `\n  config {\n${given.map((each) => `  ${each}`).join("")}  }\n`;
  return `\`\`\`terraform\nlist "${name}" "all" {\n  provider = openai\n${config}}\n\`\`\``;
}

/** @param {string} name @param {import("./objects.mjs").Schema} schema */
function smallest(name, schema) {
  const given = requiredArguments(schema);
  const label = "ids" in schema.attributes ? "all" : "example";
  const shown = ["ids", "buckets", "status"].find((each) => each in schema.attributes) ?? "id";
  const body = given.length === 0 ? "{}" : `{\n${given.join("")}}`;
  return `data "${name}" "${label}" ${body}\n\noutput "${shown}" {\n  value = data.${name}.${label}.${shown}\n}`;
}

/** The required arguments, a line each, with the examples that their descriptions give. @param {import("./objects.mjs").Schema} schema */
function requiredArguments(schema) {
  const required = Object.entries(schema.attributes).filter(([, { mode }]) => mode === "required");
  const width = Math.max(...required.map(([each]) => each.length));
  return required.map(([each, { description }]) => {
    const [, value = ""] = /for example `([^`]+)`/.exec(description) ?? [];
    return `  ${each.padEnd(width)} = "${value}"\n`;
  });
}

/** @param {string} text @param {boolean} named */
function block(text, named) {
  return `\`\`\`terraform\n${named ? "" : `${read("chat-completion/versions.tf")}\n\n`}${text}\n\`\`\``;
}

/** An example's file. @param {string} file */
export function read(file) {
  return readFileSync(`${folder}/${file}`, "utf8").trim();
}
