// A schema as Markdown: arguments by requirement, attributes, and a section for each nested object.

/** @typedef {import("../../src/framework/index.ts").Schema} Schema */
/** @typedef {import("../../src/framework/index.ts").Attribute} Attribute */
/** @typedef {import("../../src/framework/index.ts").Kind} Kind */
/** @typedef {import("../../src/framework/index.ts").ConfigValidator} ConfigValidator */
/** @typedef {{ path: string, attributes: Record<string, Attribute>, validators?: readonly ConfigValidator[], computed: boolean }} Nested */

/** The arguments, required ones first. @param {Schema} schema */
export function argumentsMarkdown(schema) {
  const arguments_ = sections(
    [
      ["Required", select(schema.attributes, (mode) => mode === "required")],
      ["Optional", select(schema.attributes, (mode) => mode === "optional" || mode === "optional_computed")],
    ],
    "",
  );
  return schema.configValidators.reduceRight((text, each) => `${relation(each)}\n\n${text}`, arguments_);
}

/** What a validator says about its attributes, as a sentence. @param {ConfigValidator} validator @param {string[]} first */
function relation(validator, ...first) {
  const text = validator.description([...first, ...validator.names]).replace(/"(\w+)"/g, "`$1`");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What can only be read. @param {Schema} schema */
export function attributesMarkdown(schema) {
  return sections([["Read-Only", select(schema.attributes, (mode) => mode === "computed")]], "");
}

/** @param {[string, [string, Attribute][]][]} groups @param {string} path */
function sections(groups, path) {
  /** @type {Nested[]} */
  const nested = [];
  const parts = groups
    .filter(([, attributes]) => attributes.length > 0)
    .map(([title, attributes]) => {
      const items = attributes.map(([name, attribute]) => item(name, attribute, path, { nested }));
      return `### ${title}\n\n${items.join("\n")}`;
    });
  return [...parts, ...nested.map(nestedSection)].join("\n\n");
}

/** The link to the section of an object; "" for other kinds. @param {string} path @param {Kind} kind */
export function nestedLink(path, kind) {
  return nestedObject(kind) === undefined ? "" : ` (see [below for nested schema](#${anchor(path)}))`;
}

/** Sections for the objects in a kind, if there are any, by the path that they stand at. @param {string} path @param {Kind} kind */
export function nestedSchemas(path, kind) {
  const attributes = nestedAttributes(kind);
  return attributes === undefined ? "" : nestedSection({ path, attributes, computed: true });
}

/** @param {Nested} nested @returns {string} */
function nestedSection(nested) {
  /** @type {Nested[]} */
  const deeper = [];
  const rule = sharedRule(nested.attributes);
  const items = select(nested.attributes, () => true).map(([name, attribute]) =>
    item(name, attribute, nested.path, { nested: deeper, withMode: !nested.computed, said: rule }),
  );
  const title = `<a id="${anchor(nested.path)}"></a>\n### Nested Schema for \`${nested.path}\`\n\n${items.join("\n")}`;
  const shared = rule === undefined ? [] : [`Each ${rule}.`];
  const relations = (nested.validators ?? []).map((each) => relation(each));
  return [title, ...shared, ...relations, ...deeper.map(nestedSection)].join("\n\n");
}

/** The rule that holds for every attribute of several, as the times of `timeouts`: it is said once. @param {Record<string, Attribute>} attributes */
function sharedRule(attributes) {
  const rules = Object.values(attributes).map(({ validators }) =>
    validators.map(({ description }) => description),
  );
  const [first, ...others] = rules;
  if (others.length === 0 || first?.length !== 1) return undefined;
  return others.every((each) => each.length === 1 && each[0] === first[0]) ? first[0] : undefined;
}

/**
 * @param {string} name @param {Attribute} attribute @param {string} path
 * @param {{ nested: Nested[], withMode?: boolean, said?: string | undefined }} context `nested` gets the objects in
 *   it; `said` is a rule that stands elsewhere.
 */
function item(name, attribute, path, { nested, withMode = false, said }) {
  const attributes = nestedAttributes(attribute.kind);
  const full = path === "" ? name : `${path}.${name}`;
  const notes = [typeName(attribute.kind)];
  if (withMode) notes.unshift(attribute.mode === "required" ? "Required" : "Optional");
  if (attribute.sensitive) notes.push("Sensitive");
  if (attribute.writeOnly) notes.push("Write-only");
  if (attribute.deprecated !== undefined) notes.push("Deprecated");
  let text = `- \`${name}\` (${notes.join(", ")}) ${attribute.description}`;
  for (const { description } of attribute.validators) {
    if (description === said || lists(attribute.description, description)) continue;
    text += ` ${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
  }
  for (const validator of attribute.configValidators) text += ` ${relation(validator, name)}`;
  if (attributes !== undefined) {
    const validators = nestedObject(attribute.kind)?.configValidators ?? [];
    nested.push({ path: full, attributes, validators, computed: attribute.mode === "computed" });
    text += nestedLink(full, attribute.kind);
  }
  return text;
}

/** Whether a description names all values of a rule that lists them. @param {string} description @param {string} rule */
function lists(description, rule) {
  if (!rule.startsWith("must be one of ")) return false;
  return [...rule.matchAll(/"([^"]+)"/g)].every(([, value]) => description.includes(`\`${value}\``));
}

/** @param {Readonly<Record<string, Attribute>>} attributes @param {(mode: Attribute["mode"]) => boolean} wanted */
function select(attributes, wanted) {
  return Object.entries(attributes).filter(([, attribute]) => {
    const mode = shownMode(attribute);
    return mode !== undefined && wanted(mode);
  });
}

/** The mode that a page shows; undefined for an argument that is there to be refused. @param {Attribute} attribute */
export function shownMode({ mode, refused }) {
  return refused === undefined || mode === "computed" ? mode : undefined;
}

/** @param {Kind} kind @returns {Record<string, Attribute> | undefined} */
function nestedAttributes(kind) {
  return nestedObject(kind)?.attributes;
}

/** @param {Kind} kind @returns {import("../../src/framework/index.ts").ObjectKind<Record<string, Attribute>> | undefined} */
function nestedObject(kind) {
  if (kind.kind === "object") return kind;
  return kind.kind === "list" || kind.kind === "set" || kind.kind === "map"
    ? nestedObject(kind.element)
    : undefined;
}

/** As the Registry writes types: `Attributes List`, `Map of String`. @param {Kind} kind @returns {string} */
export function typeName(kind) {
  switch (kind.kind) {
    case "integer":
      return "Number";
    case "object":
      return "Attributes";
    case "list":
    case "set":
    case "map": {
      const collection = `${kind.kind.charAt(0).toUpperCase()}${kind.kind.slice(1)}`;
      return kind.element.kind === "object"
        ? `Attributes ${collection}`
        : `${collection} of ${typeName(kind.element)}`;
    }
    default:
      return `${kind.kind.charAt(0).toUpperCase()}${kind.kind.slice(1)}`;
  }
}

/** @param {string} path */
function anchor(path) {
  return `nestedatt--${path.replaceAll(".", "--")}`;
}
