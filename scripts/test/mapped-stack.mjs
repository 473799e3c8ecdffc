// Stacks of failed tests in positions of their sources. Node's own --enable-source-maps costs each of some 300 processes
// the reading of its map, an eighth of their CPU; here only what failed reads one.
import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, relative, resolve } from "node:path";

/** @type {Map<string, SourceMap | undefined>} */
const maps = new Map();

/**
 * Maps the stacks of an error and of its causes, in place.
 * @param {unknown} error
 */
export function mapStacks(error) {
  if (!(error instanceof Error)) return;
  if (error.stack !== undefined) error.stack = mapped(error.stack);
  mapStacks(error.cause);
}

/** @param {string} stack */
function mapped(stack) {
  return stack.replace(/(?:file:\/\/)?(\/[^\s():]+\.m?js):(\d+):(\d+)/g, (place, file, line, column) => {
    const map = mapOf(file);
    const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !("originalSource" in entry)) return place;
    const source = relative(process.cwd(), resolve(dirname(file), entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

/** The map beside a bundle. @param {string} file */
function mapOf(file) {
  if (!maps.has(file)) {
    const map = `${file}.map`;
    maps.set(file, existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, "utf8"))) : undefined);
  }
  return maps.get(file);
}
