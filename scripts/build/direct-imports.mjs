// Imports by way of an index, as imports of the files that declare: esbuild's code splitting counts every file that an
// index passes on as loaded by every file that imports one of them.
import { readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";

const importStatement = /^import \{([^}]*)\} from "(\.[^"]+)";/gm;
const passedOn = /^export \{([^}]*)\} from "(\.[^"]+)";/gm;
const allPassedOn = /^export \* from "(\.[^"]+)";/gm;

/** @type {Map<string, string>} */
const texts = new Map();

/** The text of a source, whose imports name the files that declare. @param {string} file */
export function withDirectImports(file) {
  return textOf(file).replace(importStatement, (statement, /** @type {string} */ names, path) => {
    const from = resolve(dirname(file), path);
    const direct = namesIn(names).map(([name, as]) => {
      const declared = declaration(from, name);
      const target = relative(dirname(file), declared.file).split(sep).join("/");
      return `import { ${declared.name} as ${as} } from "${target.startsWith(".") ? target : `./${target}`}";`;
    });
    return direct.join(" ") + "\n".repeat(statement.split("\n").length - 1);
  });
}

/**
 * The file that declares what another exports, and its name there.
 * @param {string} file @param {string} name @returns {{ file: string, name: string }}
 */
function declaration(file, name) {
  for (const [, names = "", path = ""] of textOf(file).matchAll(passedOn)) {
    const found = namesIn(names).find(([, as]) => as === name);
    if (found !== undefined) return declaration(resolve(dirname(file), path), found[0]);
  }
  for (const [, path = ""] of textOf(file).matchAll(allPassedOn)) {
    const from = resolve(dirname(file), path);
    const found = declaration(from, name);
    if (new RegExp(`^export (?:async )?(?:const|function|class) ${name}\\b`, "m").test(textOf(found.file)))
      return found;
  }
  return { file, name };
}

/** The values, not the types, of a list of names: each with the name that it goes by. @param {string} names */
function namesIn(names) {
  return names
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && !each.startsWith("type "))
    .map((each) => {
      const [name = "", as = name] = each.split(" as ");
      return /** @type {const} */ ([name, as]);
    });
}

/** @param {string} file */
function textOf(file) {
  let text = texts.get(file);
  if (text === undefined) {
    text = readFileSync(file, "utf8");
    texts.set(file, text);
  }
  return text;
}
