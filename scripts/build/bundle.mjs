// Bundles the provider into a folder: the executable, which is the kernel's script, the scripts that it loads when they
// are needed, and the answers that are the same in every process.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { answersFile, buildAnswers } from "./answers.mjs";
import { withDirectImports } from "./direct-imports.mjs";
import { leanGrpc } from "./lean-grpc.mjs";
import { executable } from "./provider.mjs";
import { scriptText } from "./script-text.mjs";
import { chunkOf, scriptsOf } from "./scripts.mjs";

/**
 * @typedef {object} Bundle
 * @property {Readonly<Record<string, readonly string[]>>} sources  the sources in each script, by its file
 * @property {Readonly<Record<string, readonly string[]>>} builtins  the parts of Node that each script may load
 */

/**
 * @param {string} folder
 * @param {{ sourcemap?: boolean }} [options] for a debugger; nothing loads a map at run time
 * @returns {Promise<Bundle>}
 */
export async function bundle(folder, { sourcemap = false } = {}) {
  const { metafile, outputFiles } = await build({
    entryPoints: ["src/main.ts"],
    // The sources in a map are named from here.
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    charset: "ascii",
    logLevel: "warning",
    legalComments: "none",
    plugins: [rulesChecked, directImports, leanGrpc],
    metafile: true,
    write: false,
    sourcemap: sourcemap && "external",
  });
  const files = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const outputs = outputsOf(metafile);
  const scripts = scriptsOf(outputs);
  const names = [...new Set(scripts.values())];
  const ids = new Map(
    names.flatMap((script) =>
      [...scripts]
        .filter(([, its]) => its === script)
        .map(([chunk], index) => [chunk, `./${script}.cjs#c${index}`]),
    ),
  );

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  /** @type {Record<string, string[]>} */
  const sources = {};
  /** @type {Record<string, string[]>} */
  const builtins = {};
  for (const script of names) {
    const chunks = [...outputs].flatMap(([name, { imports, inputs }]) =>
      scripts.get(name) === script
        ? [{ name, imports, inputs, text: files.get(name) ?? "", map: files.get(`${name}.map`) }]
        : [],
    );
    const first = script === "kernel" ? chunkOf(outputs, "src/main.ts") : undefined;
    const { text, map } = scriptText(script, chunks, (path) => idOf(ids, path), first);
    const file = first === undefined ? `${script}.cjs` : executable;
    const link = sourcemap ? `//# sourceMappingURL=${file}.map\n` : "";
    writeFileSync(join(folder, file), text + link);
    if (sourcemap) writeFileSync(join(folder, `${file}.map`), map);
    sources[file] = chunks.flatMap(({ inputs }) => inputs);
    builtins[file] = chunks.flatMap(({ inputs }) => inputs.flatMap((source) => builtinsOf(metafile, source)));
  }
  chmodSync(join(folder, executable), 0o755);
  writeFileSync(join(folder, answersFile), await buildAnswers());
  return { sources, builtins };
}

/** What a source takes of Node at once: stand-ins (lean-grpc.mjs) do so later. @param {import("esbuild").Metafile} metafile @param {string} source */
function builtinsOf({ inputs }, source) {
  const imports = source.startsWith("lean-grpc:") ? [] : (inputs[source]?.imports ?? []);
  return imports.filter(({ external }) => external).map(({ path }) => path);
}

/** @param {ReadonlyMap<string, string>} ids @param {string} path */
function idOf(ids, path) {
  const id = ids.get(basename(path));
  if (id === undefined) throw new Error(`${path} is no chunk.`);
  return id;
}

/** @param {import("esbuild").Metafile} metafile */
function outputsOf(metafile) {
  const chunks = Object.entries(metafile.outputs).filter(([name]) => !name.endsWith(".map"));
  return new Map(
    chunks.map(([name, { entryPoint, imports, inputs }]) => {
      const own = imports.filter(({ external }) => external !== true);
      const of = (/** @type {boolean} */ dynamic) =>
        own.filter(({ kind }) => (kind === "dynamic-import") === dynamic).map(({ path }) => basename(path));
      return [
        basename(name),
        { entryPoint, static: of(false), dynamic: of(true), imports, inputs: Object.keys(inputs) },
      ];
    }),
  );
}

/**
 * Sources import from the files that declare. Chunks take what they import once, so nothing that is exported may be
 * assigned again.
 * @type {import("esbuild").Plugin}
 */
const directImports = {
  name: "direct-imports",
  setup(build) {
    build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => {
      const contents = withDirectImports(path);
      if (/^export (let|var) /m.test(contents))
        throw new Error(`${path} exports a variable, which other chunks would not see change.`);
      return { contents, loader: "ts" };
    });
  },
};

/**
 * The rules of schemas are checked where the answers are made, and by the tests.
 * @type {import("esbuild").Plugin}
 */
const rulesChecked = {
  name: "rules-checked",
  setup(build) {
    build.onLoad({ filter: /[/\\]src[/\\]framework[/\\]schema-rules\.ts$/ }, () => ({
      contents: "export function checkSchema() {}",
    }));
  },
};
