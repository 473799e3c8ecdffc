// What the provider declares, by kind, with the page of each: docs/<folder>/<name without the provider's>.md.

/** @typedef {import("../../src/framework/index.ts").Schema} Schema */
/** @typedef {import("../../src/framework/index.ts").ProviderFunction} ProviderFunction */
/** @typedef {ReadonlyMap<string, { readonly schema: Schema }>} Objects */
/**
 * @typedef {{
 *   name: string, resources: Objects, dataSources: Objects, ephemeralResources: Objects,
 *   functions: ReadonlyMap<string, ProviderFunction>,
 * }} Declared
 * @typedef {{
 *   folder: string, label: string, name: string, page: string, description: string,
 *   schema?: Schema, function?: ProviderFunction,
 * }} Documented
 */

/** Everything that gets a page, in the Registry's order. @param {Declared} provider @returns {Documented[]} */
export function documented(provider) {
  const kinds = /** @type {const} */ ([
    ["resources", "Resource", provider.resources],
    ["data-sources", "Data Source", provider.dataSources],
    ["ephemeral-resources", "Ephemeral Resource", provider.ephemeralResources],
  ]);
  const objects = kinds.flatMap(([folder, label, byName]) =>
    [...byName].map(([name, { schema }]) => ({
      folder,
      label,
      name,
      page: `${folder}/${name.slice(provider.name.length + 1)}.md`,
      description: schema.description,
      schema,
    })),
  );
  const functions = [...provider.functions].map(([name, declared]) => ({
    folder: "functions",
    label: "Function",
    name,
    page: `functions/${name}.md`,
    description: declared.description,
    function: declared,
  }));
  return [...objects, ...functions];
}
