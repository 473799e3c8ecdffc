// The chunks that esbuild's code splitting makes (ES modules, in which no module is twice), as functions of a script:
// vm.Script can cache and run a script, and Node 20 to 24 cannot do so with an ES module.

/**
 * @typedef {object} Chunk
 * @property {string} text  the ES module
 * @property {{ path: string, kind: string, external?: boolean }[]} imports  of esbuild's metafile
 */

/**
 * The chunk as the body of `function (exports, require, fileOfBuild)`, on as many lines. What it imports is taken once:
 * chunks import each other one way only, and nothing that is exported is assigned again (checked in bundle.mjs).
 *
 * @param {Chunk} chunk @param {(path: string) => string} idOf  what `require` gets for another chunk
 */
export function asFunctionBody({ text, imports }, idOf) {
  const id = (/** @type {string} */ path) => JSON.stringify(path.startsWith("./") ? idOf(path) : path);
  let body = text
    .replace(
      /^import (?:([^"]+?) from )?"([^"]+)";/gm,
      (whole, /** @type {string | undefined} */ names, path) => {
        const required = `require(${id(path)})`;
        const lines = "\n".repeat(whole.split("\n").length - 1);
        return `${names === undefined ? required : `var ${bindings(names)} = ${required}`};${lines}`;
      },
    )
    .replace(/^export \{(.*?)\};/gms, (_whole, /** @type {string} */ names) =>
      names.replace(/(\S+?)(?: as (\S+?))?(,?)(?=\s*$)/gm, (_name, local, exported = local) =>
        local === "" ? "" : `exports.${exported} = ${local};`,
      ),
    );
  for (const { path, kind } of imports) {
    if (kind !== "dynamic-import") continue;
    const name = path.split("/").at(-1);
    const own = path.includes("/") ? `./${name}` : path;
    body = body.replaceAll(`import("${own}")`, `Promise.resolve().then(() => require(${id(own)}))`);
  }
  return body;
}

/** The left side of a declaration for what an import statement names. @param {string} names */
function bindings(names) {
  const namespace = /^\* as (\S+)$/.exec(names)?.[1];
  if (namespace !== undefined) return namespace;
  if (!names.startsWith("{")) return names;
  return names.replace(/ as /g, ": ").replace(/\s+/g, " ");
}
