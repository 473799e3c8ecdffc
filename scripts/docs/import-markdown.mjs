// How a declared object is imported: by an identity or an ID in a configuration, and by a command.

/** @typedef {NonNullable<import("../../src/framework/index.ts").Resource["identity"]>} Identity */

/**
 * @param {import("./load-provider.mjs").ApiObject} declaration @param {string} form
 * @param {Identity | undefined} [identity]
 */
export function importMarkdown({ name, noun, path, singleton, resource }, form, identity) {
  const parents = [...path.matchAll(/\{(\w+)\}/g)].map(([, parent = ""]) => `\`${parent}\``);
  const more = (resource?.importArguments ?? []).map((each) => `\`${each}\``);
  const steps = [...parents, "its ID"];
  const rest = more.length === 0 ? "" : `; ${more.join(" and ")} may follow after another slash`;
  const id = singleton
    ? (parents[0] ?? "any word, since there is one")
    : steps.length === 1
      ? "its ID"
      : `${steps.slice(0, -1).join(", ")} and ${steps.at(-1)}, with a slash between${rest}`;
  return `${article(noun)} ${noun} is imported by ${id}, in a configuration:

\`\`\`terraform
import {
  to = ${name}.example
  id = "${form}"
}
\`\`\`

or by a command:

\`\`\`shell
terraform import ${name}.example "${form}"
\`\`\`${identity === undefined ? "" : byIdentity(name, identity)}`;
}

/** @param {string} noun */
function article(noun) {
  return /^[aeio]/i.test(noun) ? "An" : "A";
}

/** @param {string} name @param {Identity} identity */
function byIdentity(name, identity) {
  const names = Object.keys(identity.attributes);
  const width = Math.max(...names.map((each) => each.length));
  const values = Object.entries(identity.attributes).map(
    ([each, { description }]) => `    ${each.padEnd(width)} = "${exampleIn(description)}"\n`,
  );
  return `

With Terraform 1.12 or OpenTofu 1.12, an identity can stand in place of the ID:

\`\`\`terraform
import {
  to = ${name}.example
  identity = {
${values.join("")}  }
}
\`\`\``;
}

/** The attributes of an identity. @param {Identity} identity */
export function identityMarkdown(identity) {
  const rows = Object.entries(identity.attributes).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  );
  return `| attribute | |\n|---|---|\n${rows.join("\n")}`;
}

/** The value that a description gives as an example. @param {string} description */
function exampleIn(description) {
  return /for example `([^`]+)`/.exec(description)?.[1] ?? "";
}
