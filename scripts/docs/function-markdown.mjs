// A function as Markdown: its signature, its parameters, and what it returns.
import { nestedLink, nestedSchemas, typeName } from "./schema-markdown.mjs";

/** @typedef {import("../../src/framework/index.ts").ProviderFunction} ProviderFunction */

/** @param {ProviderFunction} declared */
export function signature(declared) {
  const parameters = declared.parameters.map(({ name, kind }) => `${name} ${signatureType(kind)}`);
  return `\`\`\`text\n${declared.name}(${parameters.join(", ")}) ${signatureType(declared.returns)}\n\`\`\``;
}

/** A numbered list, with a section for each parameter that is an object. @param {ProviderFunction} declared */
export function parametersMarkdown(declared) {
  const items = declared.parameters.map(({ name, kind, description, nullable }, index) => {
    const notes = [typeName(kind), ...(nullable ? ["may be null"] : [])];
    return `${index + 1}. \`${name}\` (${notes.join(", ")}) ${description}${nestedLink(name, kind)}`;
  });
  const nested = declared.parameters.map(({ name, kind }) => nestedSchemas(name, kind));
  return [items.join("\n"), ...nested].filter((part) => part !== "").join("\n\n");
}

/** @param {ProviderFunction} declared */
export function returnsMarkdown(declared) {
  const nested = nestedSchemas("result", declared.returns);
  return `${typeName(declared.returns)}${nestedLink("result", declared.returns)}${nested === "" ? "" : `\n\n${nested}`}`;
}

/** As Terraform writes types. @param {import("../../src/framework/index.ts").Kind} kind @returns {string} */
function signatureType(kind) {
  switch (kind.kind) {
    case "integer":
      return "number";
    case "list":
    case "set":
    case "map":
      return `${kind.kind} of ${signatureType(kind.element)}`;
    default:
      return kind.kind;
  }
}
