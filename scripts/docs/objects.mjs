// What the provider has, by kind, with the page of each: docs/<folder>/<name without the provider's>.md.

/** @typedef {import("../../src/framework/index.ts").Schema} Schema */
/** @typedef {import("../../src/framework/index.ts").ProviderFunction} ProviderFunction */
/** @typedef {import("../../src/provider/api/declaration.ts").ApiObject} ApiObject */
/** @typedef {ReadonlyMap<string, { readonly schema: Schema }>} Objects */
/**
 * @typedef {{
 *   name: string, resources: Objects, dataSources: Objects, ephemeralResources: Objects,
 *   listResources: Objects, actions: Objects,
 *   functions: ReadonlyMap<string, ProviderFunction>,
 * }} Provider
 * @typedef {{
 *   folder: string, label: string, name: string, page: string, description: string, subcategory: string,
 *   schema?: Schema, function?: ProviderFunction,
 *   declaration?: ApiObject | undefined, about?: ApiObject | undefined,
 * }} Documented
 */

/**
 * Everything that gets a page: objects by their subcategories, in the order in which these are declared, then
 * functions, which the Registry lists apart.
 *
 * @param {Provider} provider @param {readonly ApiObject[]} declarations @returns {Documented[]}
 */
export function documented(provider, declarations) {
  const kinds = /** @type {const} */ ([
    ["resources", "Resource", provider.resources],
    ["data-sources", "Data Source", provider.dataSources],
    ["ephemeral-resources", "Ephemeral Resource", provider.ephemeralResources],
    ["list-resources", "List Resource", provider.listResources],
    ["actions", "Action", provider.actions],
  ]);
  const objects = kinds.flatMap(([folder, label, byName]) =>
    [...byName].map(([name, { schema }]) => {
      const declaration = declarations.find(
        (each) => each.name === name || `${each.name}${each.pluralEnding ?? "s"}` === name,
      );
      const about = declaration ?? aboutOf(name, declarations);
      return {
        folder,
        label,
        name,
        page: `${folder}/${name.slice(provider.name.length + 1)}.md`,
        description: schema.description,
        subcategory: about?.subcategory ?? chat,
        schema,
        declaration,
        about,
      };
    }),
  );
  const order = [...new Set([chat, ...declarations.map(({ subcategory }) => subcategory)])];
  objects.sort((a, b) => order.indexOf(a.subcategory) - order.indexOf(b.subcategory));
  const functions = [...provider.functions].map(([name, declared]) => ({
    folder: "functions",
    label: "Function",
    name,
    page: `functions/${name}.md`,
    description: declared.description,
    subcategory: "",
    function: declared,
  }));
  return [...objects, ...functions];
}

/**
 * The declared object that another one is about: a file, for its content. Undefined for chat completions.
 * @param {string} name @param {readonly ApiObject[]} declarations
 */
function aboutOf(name, declarations) {
  if (name.startsWith("openai_chat_completion")) return undefined;
  const [nearest] = declarations
    .filter((each) => name.startsWith(`${each.name}_`))
    .sort((a, b) => b.name.length - a.name.length);
  if (nearest === undefined)
    throw new Error(`${name} has no subcategory: no declared object begins its name.`);
  return nearest;
}

/** The subcategory of chat completions. */
const chat = "Chat";
