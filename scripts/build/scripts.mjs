// Which script each chunk goes into. A start loads `kernel` alone; `core` is loaded at the first call that the build
// has not answered, an object's script at the first call that names it, and with it `declarations`; `api` at the first
// operation, and by a panic for what removes secrets; `changes` at the first that changes something, `client` at the first
// request.

/**
 * @typedef {object} Output  one chunk, as esbuild's metafile has it
 * @property {string | undefined} entryPoint  the source that is loaded for itself
 * @property {readonly string[]} static  the chunks that are loaded with it
 * @property {readonly string[]} dynamic  the chunks that it loads later
 * @property {readonly string[]} inputs  the sources within
 */

/** @typedef {ReadonlyMap<string, Output>} Outputs  by name */

const main = "src/main.ts";
const core = "src/provider-handlers.ts";
const client = "src/openai/undici.ts";
const configure = "src/provider/configure.ts";
/** What objects are declared with. */
const declared = "src/provider/api/object.ts";
/** What no operation is without. */
const requests = "src/provider/api/request.ts";
/** The operations of declared objects, and those that do not only read. */
const operations = "src/provider/api/";
const changes = ["create", "complete", "update", "delete", "detach", "kept-delete", "stop", "import"].map(
  (name) => `${operations}${name}.ts`,
);
/** What few objects share, and no other has a use for: each with the sources that go into its script. */
const sharedByFew = [
  ["objects/answer-arguments"],
  ["objects/encryption-public-key"],
  ["objects/vector-store-arguments"],
  ["objects/upload", "objects/file-content"],
  ["actions/validation"],
  ["api/content-read"],
].map((names) => names.map((name) => `src/provider/${name}.ts`));
const panic = "src/provider/redact-panic.ts";

/** @param {Outputs} outputs @returns {Map<string, string>} the script of each chunk */
export function scriptsOf(outputs) {
  const named = (/** @type {string} */ source) => chunkOf(outputs, source);
  /** @type {Map<string, string>} */
  const scripts = new Map();
  const put = (/** @type {string} */ script, /** @type {Iterable<string>} */ chunks) => {
    for (const chunk of chunks) if (!scripts.has(chunk)) scripts.set(chunk, script);
  };
  put("kernel", reached(outputs, named(main), { dynamic: true, butFor: [named(core), named(panic)] }));
  put("client", reached(outputs, named(client)));
  put("core", reached(outputs, named(core)));
  const entries = [...outputs].flatMap(([chunk, { entryPoint }]) =>
    entryPoint === undefined || scripts.has(chunk) ? [] : [{ entryPoint, chunks: reached(outputs, chunk) }],
  );
  const inApi = ({ entryPoint = "" }) =>
    [configure, panic].includes(entryPoint) || entryPoint.startsWith(operations);
  const isChange = ({ entryPoint = "" }) => changes.includes(entryPoint);
  const others = entries.filter((entry) => !inApi(entry));
  // An object that others import stays in the script of its name.
  for (const { entryPoint } of others) put(scriptName(entryPoint), chunksWith(outputs, entryPoint));
  const all = (/** @type {typeof entries} */ some) => some.flatMap(({ chunks }) => [...chunks]);
  put("declarations", reached(outputs, chunkWith(outputs, declared)));
  for (const sources of sharedByFew)
    for (const source of sources) put(scriptName(sources[0] ?? ""), [chunkWith(outputs, source)]);
  // What only declares is to load no operation.
  const request = chunkWith(outputs, requests);
  put("declarations", duplicates(all(others.filter(({ chunks }) => !chunks.has(request)))));
  put("api", reached(outputs, named(configure)));
  put("api", all(entries.filter((entry) => inApi(entry) && !isChange(entry))));
  put("changes", all(entries.filter(isChange)));
  put("api", duplicates(all(others)));
  for (const { entryPoint, chunks } of others) put(scriptName(entryPoint), chunks);
  return scripts;
}

/** The script of an object: `provider-objects-file`. @param {string} source */
export function scriptName(source) {
  return source
    .replace(/^src\//, "")
    .replace(/\.ts$/, "")
    .replaceAll("/", "-");
}

/** The chunk that a source is the entry of. @param {Outputs} outputs @param {string} source */
export function chunkOf(outputs, source) {
  for (const [name, { entryPoint }] of outputs) if (entryPoint === source) return name;
  throw new Error(`Nothing loads ${source} for itself, as scripts/build/scripts.mjs expects.`);
}

/** The chunks that have a source. @param {Outputs} outputs @param {string} source */
function chunksWith(outputs, source) {
  return [...outputs].flatMap(([chunk, { inputs }]) => (inputs.includes(source) ? [chunk] : []));
}

/** @param {Outputs} outputs @param {string} source */
function chunkWith(outputs, source) {
  const [chunk] = chunksWith(outputs, source);
  if (chunk === undefined) throw new Error(`No chunk has ${source}, as scripts/build/scripts.mjs expects.`);
  return chunk;
}

/**
 * A chunk and what is loaded with it.
 * @param {Outputs} outputs @param {string} from
 * @param {{ dynamic?: boolean, butFor?: readonly string[] }} [options] `dynamic`: what it loads later too, `butFor` some
 */
export function reached(outputs, from, { dynamic = false, butFor = [] } = {}) {
  const found = new Set([from]);
  for (const name of found) {
    const output = outputs.get(name);
    const next = [...(output?.static ?? []), ...(dynamic ? (output?.dynamic ?? []) : [])];
    for (const each of next) if (!butFor.includes(each)) found.add(each);
  }
  return found;
}

/** @param {readonly string[]} names */
function duplicates(names) {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
