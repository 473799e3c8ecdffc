// How a declared object is imported: in a configuration, and by a command.

/** @param {import("./load-provider.mjs").ApiObject} declaration @param {string} form */
export function importMarkdown({ name, noun, path }, form) {
  const parents = [...path.matchAll(/\{(\w+)\}/g)].map(([, parent = ""]) => `\`${parent}\``);
  const id = parents.length === 0 ? "its ID" : `${parents.join(", ")} and its ID, with a slash between`;
  return `A ${noun} is imported by ${id}, in a configuration:

\`\`\`terraform
import {
  to = ${name}.example
  id = "${form}"
}
\`\`\`

or by a command:

\`\`\`shell
terraform import ${name}.example "${form}"
\`\`\``;
}
