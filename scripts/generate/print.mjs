// Prints packages as TypeScript: an interface and a MessageType for each message, an object and a
// union for each enum, an object of methods for each service.

/**
 * @typedef {import("./descriptors.mjs").Package} Package
 * @typedef {import("./descriptors.mjs").Field} Field
 * @typedef {import("./descriptors.mjs").Message} Message
 */

const SCALARS = new Map([
  ["bool", "boolean"],
  ["bytes", "Buffer"],
  ["int32", "number"],
  ["int64", "number"],
  ["string", "string"],
  ["uint32", "number"],
]);

/**
 * @param {Package[]} packages what the file is for
 * @param {Package[]} imported packages of which only the messages that `packages` use are printed
 * @param {string} source how the header names the .proto files
 * @returns {string}
 */
export function printPackages(packages, imported, source) {
  const printed = [...packages, ...imported.map((other) => used(packages, other))];
  const body = [
    ...printed.flatMap((each) => each.enums).map(({ name, values }) => printEnum(name, values)),
    ...printed.flatMap((each) => each.messages).map(printMessage),
    ...packages.flatMap((each) => each.services).map(printService),
  ].join("\n");
  const header = `// Generated from ${source} by \`npm run generate\`; do not edit.\n`;
  return `${header}${printImports(body)}\n${body}`;
}

/**
 * @param {Package[]} packages
 * @param {Package} other
 * @returns {Package} with the messages that fields and methods of `packages` refer to
 */
function used(packages, other) {
  const references = new Set([
    ...packages.flatMap((each) =>
      each.messages.flatMap(({ fields }) => fields.map((field) => field.reference)),
    ),
    ...packages.flatMap((each) =>
      each.services.flatMap(({ methods }) => methods.flatMap(({ request, response }) => [request, response])),
    ),
  ]);
  return {
    ...other,
    enums: [],
    services: [],
    messages: other.messages.filter(({ name }) => references.has(name)),
  };
}

/** @param {string} body */
function printImports(body) {
  const modules = {
    field: ["map", "member", "one", "optional", "repeated"],
    message: ["MessageType"],
    service: ["bidiStream", "clientStream", "serverStream", "unary"],
  };
  return Object.entries(modules)
    .map(([module, names]) => [module, names.filter((name) => new RegExp(`\\b${name}\\(`).test(body))])
    .map(([module, names]) => `import { ${[names].flat().join(", ")} } from "../protobuf/${module}.ts";\n`)
    .join("");
}

/**
 * The name in TypeScript: without the package, unless it is google.protobuf, whose Empty would meet
 * that of go-plugin.
 * @param {string} fullName
 */
function identifier(fullName) {
  const local = fullName.replace(/^(tfplugin6|plugin|grpc\.health\.v1)\./, "");
  return local.replaceAll(".", "_");
}

/**
 * @param {string} name
 * @param {{ name: string, number: number }[]} values
 */
function printEnum(name, values) {
  const id = identifier(name);
  const members = values.map((value) => `  ${value.name}: ${value.number},\n`).join("");
  return `export const ${id} = {\n${members}} as const;
export type ${id} = (typeof ${id})[keyof typeof ${id}];\n`;
}

/** @param {Message} message */
function printMessage({ name, fields }) {
  const id = identifier(name);
  const members = fields.map((field) => `  ${field.name}: ${typeScript(field)};\n`).join("");
  // An empty interface would take any object.
  const type =
    fields.length === 0
      ? `export type ${id} = Record<string, never>;\n`
      : `export interface ${id} {\n${members}}\n`;
  const rows = fields.toSorted((a, b) => a.number - b.number).map((field) => `  ${printField(field)},\n`);
  const table = rows.length === 0 ? "[]" : `[\n${rows.join("")}]`;
  return `${type}export const ${id}: MessageType<${id}> = /* @__PURE__ */ new MessageType("${name}", () => ${table});\n`;
}

/** @param {Field} field */
function typeScript({ name, rule, type, reference, key, oneof }) {
  const value = reference === undefined ? scalar(name, type) : identifier(reference);
  if (rule === "map") return `Map<${scalar(name, key ?? "")}, ${value}>`;
  if (rule === "repeated") return `${value}[]`;
  return rule === "optional" || type === "message" || oneof !== undefined ? `${value} | undefined` : value;
}

/**
 * @param {string} name
 * @param {string} type
 */
function scalar(name, type) {
  const text = SCALARS.get(type);
  if (text === undefined) throw new Error(`field ${name}: src/protobuf has no type ${type}`);
  return text;
}

/** @param {Field} field */
function printField({ name, number, rule, type, reference, key, oneof }) {
  const last = type === "message" && reference !== undefined ? identifier(reference) : `"${type}"`;
  if (rule === "map") return `map(${number}, "${name}", "${key}", ${last})`;
  if (oneof !== undefined) return `member("${oneof}", ${number}, "${name}", ${last})`;
  return `${rule}(${number}, "${name}", ${last})`;
}

/** @param {import("./descriptors.mjs").Service} service */
function printService({ name, methods }) {
  const rows = methods.map((method) => {
    const streams = method.requestStream
      ? method.responseStream
        ? "bidiStream"
        : "clientStream"
      : method.responseStream
        ? "serverStream"
        : "unary";
    const messages = `${identifier(method.request)}, ${identifier(method.response)}`;
    return `  ${method.name}: /* @__PURE__ */ ${streams}("${method.path}", ${messages}),\n`;
  });
  return `export const ${name}Service = {\n${rows.join("")}};\n`;
}
