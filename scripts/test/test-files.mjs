// Which bundle each test file goes into. A process of its own costs a quarter of a second: unit tests, which are many
// and small, share one with others of their folder, each in a suite of its file's name. Others have one to themselves.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** So many files share a process at most: several processes keep all cores busy. */
const most = 8;

/**
 * Returns the bundles of test files, each with the entry that it is made of and its path without an ending. Writes the
 * entries that stand for several files below `folder`.
 * @param {readonly string[]} sources paths below test/ @param {string} folder
 */
export function bundlesOf(sources, folder) {
  const isUnit = (/** @type {string} */ file) => file.startsWith("unit/");
  const alone = sources.filter((file) => !isUnit(file));
  const units = sources.filter(isUnit);
  return [
    ...alone.map((file) => ({ in: join("test", file), out: file.replace(/\.ts$/, "") })),
    ...[...new Set(units.map((file) => dirname(file)))].flatMap((room) =>
      chunks(units.filter((file) => dirname(file) === room)).map((chunk, index) => {
        const out = `${room}-${index + 1}.test`;
        const entry = join(folder, "entries", `${out}.ts`);
        mkdirSync(dirname(entry), { recursive: true });
        writeFileSync(entry, `import { describe } from "node:test";\n${chunk.map(suite).join("")}`);
        return { in: entry, out };
      }),
    ),
  ];
}

/** Parts of about the same length. @param {readonly string[]} files */
function chunks(files) {
  const count = Math.ceil(files.length / most);
  return Array.from({ length: count }, (_, index) => files.filter((_, at) => at % count === index));
}

/** The file is loaded within its suite, so that its hooks are the suite's. @param {string} file */
function suite(file) {
  const name = file.replace(/\.test\.ts$/, "");
  return `describe(${JSON.stringify(name)}, () => require(${JSON.stringify(resolve("test", file))}));\n`;
}
