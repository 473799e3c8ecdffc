// All that configurations and states depend on, as flat text that a review can read line by line.

/** @typedef {import("../../src/framework/index.ts").Attributes} Attributes */
/** @typedef {import("../../src/framework/index.ts").Attribute} Attribute */
/** @typedef {import("../../src/framework/index.ts").Kind} Kind */
/** @typedef {import("../docs/objects.mjs").Provider} Declared */
/** @typedef {NonNullable<import("../../src/framework/index.ts").Resource["identity"]>} Identity */
/** Lines by object, then by path: `{ "data openai_x": { "usage.total_tokens": "integer, computed" } }`. */
/** @typedef {Record<string, Record<string, string>>} Snapshot */

export const snapshotFile = "test/conformance/schemas.snapshot.json";

/**
 * @param {Declared & {
 *   schema: { version: number, attributes: Attributes },
 *   resources: ReadonlyMap<string, { identity?: Identity | undefined }>,
 * }} provider @returns {Snapshot}
 */
export function snapshotOf(provider) {
  /** @type {Snapshot} */
  const all = { [`provider ${provider.name}`]: linesOf(provider.schema) };
  for (const [keyword, objects] of /** @type {const} */ ([
    ["resource", provider.resources],
    ["data", provider.dataSources],
    ["ephemeral", provider.ephemeralResources],
    ["list", provider.listResources],
    ["action", provider.actions],
  ])) {
    for (const [name, { schema }] of objects) all[`${keyword} ${name}`] = linesOf(schema);
  }
  for (const [name, { identity }] of provider.resources)
    if (identity !== undefined) all[`identity ${name}`] = identityLinesOf(identity);
  for (const [name, { parameters, returns }] of provider.functions) {
    const lines = parameters.map((each, at) => [
      `parameter ${at}, ${each.name}`,
      [typeText(each.kind), ...(each.nullable ? ["nullable"] : [])].join(", "),
    ]);
    all[`function ${name}`] = Object.fromEntries([...lines, ["returns", typeText(returns)]]);
  }
  return sorted(all);
}

/** @param {{ version: number, attributes: Attributes }} schema */
function linesOf({ version, attributes }) {
  return { "(schema version)": String(version), ...Object.fromEntries(linesIn(attributes, "").sort()) };
}

/** @param {Identity} identity */
function identityLinesOf({ version, attributes }) {
  const lines = Object.entries(attributes).map(([name, { type, requiredForImport }]) => [
    name,
    `${typeText(type)}, ${requiredForImport ? "required" : "optional"} for import`,
  ]);
  return { "(schema version)": String(version), ...Object.fromEntries(lines.sort()) };
}

/** @param {Attributes} attributes @param {string} path @returns {[string, string][]} */
function linesIn(attributes, path) {
  return Object.entries(attributes).flatMap(([name, attribute]) => [
    /** @type {[string, string]} */ ([path + name, line(attribute)]),
    ...nestedIn(attribute.kind, `${path}${name}.`),
  ]);
}

/** @param {Kind} kind @param {string} path @returns {[string, string][]} */
function nestedIn(kind, path) {
  if (kind.kind === "object") return linesIn(kind.attributes, path);
  return "element" in kind ? nestedIn(kind.element, path) : [];
}

/** @param {Attribute} attribute */
function line({ kind, mode, sensitive, writeOnly, deprecated, planModifiers, default: value }) {
  const flags = [
    typeText(kind),
    mode.replace("_", " and "),
    ...(sensitive ? ["sensitive"] : []),
    ...(writeOnly ? ["write-only"] : []),
    ...(deprecated === undefined ? [] : ["deprecated"]),
    ...(value === undefined ? [] : [`default ${JSON.stringify(value)}`]),
    ...planModifiers.map(({ description }) => description).filter(Boolean),
  ];
  return flags.join(", ");
}

/** @param {Kind} kind @returns {string} */
function typeText(kind) {
  return "element" in kind ? `${kind.kind} of ${typeText(kind.element)}` : kind.kind;
}

/** @param {Snapshot} all @returns {Snapshot} */
function sorted(all) {
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What differs, each with what it means to practitioners: `breaking` where a configuration, a reference or a
 * state of before may not work any more.
 * @param {Snapshot} before @param {Snapshot} now @returns {{ breaking: string[], others: string[] }}
 */
export function differences(before, now) {
  /** @type {string[]} */
  const breaking = [];
  /** @type {string[]} */
  const others = [];
  for (const object of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [old, current] = [before[object], now[object]];
    if (old === undefined || current === undefined) {
      (current === undefined ? breaking : others).push(
        `${object} is ${current === undefined ? "gone" : "new"}`,
      );
      continue;
    }
    for (const path of new Set([...Object.keys(old), ...Object.keys(current)])) {
      const [was, is] = [old[path], current[path]];
      if (was === is) continue;
      const text = `${object}, ${path}: ${was ?? "(absent)"} -> ${is ?? "(absent)"}`;
      (isBreaking(object, path, was, is) ? breaking : others).push(text);
    }
  }
  return { breaking, others };
}

/** @param {string} object @param {string} path @param {string | undefined} was @param {string | undefined} is */
function isBreaking(object, path, was, is) {
  if (is === undefined) return true;
  // A call passes all arguments, and a stored identity has all attributes: one more breaks it as well.
  if (was === undefined) return /\brequired\b/.test(is) || /^(function|identity) /.test(object);
  if (path === "(schema version)") return false;
  // What was required may become optional, and anything may be deprecated; all else can break somebody.
  return loosened(was) !== loosened(is) || (/\boptional\b/.test(was) && /\brequired\b/.test(is));
}

/** @param {string} line */
function loosened(line) {
  return line.replace(/, (required|optional)\b(?! and)/, "").replace(", deprecated", "");
}

/** @param {Snapshot} snapshot */
export function snapshotText(snapshot) {
  return `${JSON.stringify(snapshot, undefined, 2)}\n`;
}
