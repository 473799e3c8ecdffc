import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";

/** An import of one file of the project by another, both from the source folder, with slashes. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** The rooms that each room may import from. Files directly in the source folder may import from all. */
export type Rooms = Readonly<Record<string, readonly string[]>>;

/** The text of each TypeScript file below a folder, by its path from there. */
export function sourcesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return new Map(
    files.sort().map((file) => [file.split(sep).join("/"), readFileSync(join(folder, file), "utf8")]),
  );
}

/**
 * Every import of a file by another: static, of types alone, for side effects, re-exports, dynamic
 * ones, `import()` types and require. What leaves the source folder begins with "../".
 */
export function importsOf(sources: ReadonlyMap<string, string>): Import[] {
  return [...sources].flatMap(([from, text]) =>
    specifiers(text)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => ({ from, to: posix.normalize(posix.join(posix.dirname(from), specifier)) })),
  );
}

/**
 * The imports that load a file: static ones that are not of types alone. A dynamic one loads its file later,
 * when nothing waits for it any more.
 */
export function loadingImportsOf(sources: ReadonlyMap<string, string>): Import[] {
  return importsOf(
    new Map(
      [...sources].map(([file, text]) => [
        file,
        withoutComments(text)
          .replace(/\b(?:import|export)\s+type\b[^"'`;]*?\bfrom\s*(["'])[^"'\n]+\1/g, "")
          .replace(/\b(?:import|require)\s*\(/g, "later("),
      ]),
    ),
  );
}

/** Each cycle that imports make, as "a → b → a". A file that is in several cycles may stand for all of them. */
export function cycles(imports: readonly Import[]): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const { to } of imports.filter(({ from }) => from === file)) visit(to, [...path, file]);
    done.add(file);
  };
  for (const { from } of imports) visit(from, []);
  return found;
}

const specifier = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'`])([^"'`\n]+)\1/g;

function specifiers(text: string): string[] {
  return [...withoutComments(text).matchAll(specifier)].map(([, , name = ""]) => name);
}

/** Comments may speak of imports. A line that holds "//" inside a string loses no import by this. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** A sentence for each import that goes where its room must not, and each room that no rule names. */
export function violations(sources: ReadonlyMap<string, string>, rooms: Rooms): string[] {
  const unknown = new Set(
    [...sources.keys()].map(roomOf).filter((room) => room !== "" && !Object.hasOwn(rooms, room)),
  );
  return [
    ...[...unknown].map((room) => `no rule says what ${room} may import`),
    ...importsOf(sources)
      .filter(({ from, to }) => !allowed(roomOf(from), to, rooms))
      .map(({ from, to }) => `${from} imports ${to}`),
  ];
}

function allowed(room: string, to: string, rooms: Rooms): boolean {
  if (room === "") return true;
  const target = roomOf(to);
  return target === room || (rooms[room] ?? []).includes(target);
}

/** The folder below the source folder; "" for a file directly in it, the path itself for one outside. */
export function roomOf(file: string): string {
  if (file.startsWith("../")) return file;
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : "";
}
