// Writes the registry of the provider's objects: for each name, the import that loads its file. What there is comes from
// src/provider/provider.ts, and where it is declared from the exports of the room's files.
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { loadSources } from "../build/load-sources.mjs";

const room = "src/provider";

/** Files that only pass on what others declare, or make of it what is served. */
const others = /^(index|provider|served-provider|registry\.gen)\.ts$|^(api|explain)\//;

/** The kinds of objects, in the order of the framework's ObjectLoaders. */
const kinds = ["dataSources", "resources", "ephemeralResources", "listResources", "actions", "functions"];

/** @param {string} root @returns {Promise<string>} */
export async function printRegistry(root) {
  const files = readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".ts") && !others.test(file) && !file.endsWith("/index.ts"))
    .sort();
  const loaded = await loadSources(
    [
      `import { openai } from "./${room}/provider.ts";`,
      ...files.map((file, index) => `import * as file${index} from "./${room}/${file}";`),
      "export const provider = openai({});",
      `export const files = { ${files.map((file, index) => `${JSON.stringify(file)}: file${index}`).join(", ")} };`,
    ].join("\n"),
    root,
  );
  const places = placesOf(loaded.files);
  const lists = kinds.map((kind) => {
    const lines = [...loaded.provider[kind]].map(([name, object]) => {
      const place = places.get(object);
      if (place === undefined) throw new Error(`No file of ${room} exports the object ${name} (${kind}).`);
      return `    ${name}: async () => (await import("./${place.file}")).${place.path},\n`;
    });
    return `  ${kind}: {\n${lines.join("")}  },\n`;
  });
  return `// Generated from the declarations of ${room} by \`npm run generate\`; do not edit.
import type { ObjectLoaders } from "../framework/index.ts";
import type { OpenAIProvider } from "./openai-provider.ts";

/** What loads each object, by its name. */
export const objectLoaders: ObjectLoaders<OpenAIProvider> = {
${lists.join("")}};
`;
}

/**
 * Where each exported value is, and each element of what exported objects list.
 * @param {Readonly<Record<string, object>>} files
 */
function placesOf(files) {
  /** @type {Map<unknown, { file: string, path: string }>} */
  const places = new Map();
  const exported = Object.entries(files).flatMap(([file, exports]) =>
    Object.entries(exports).map(([name, value]) => ({ file, name, value })),
  );
  for (const { file, name, value } of exported) places.set(value, { file, path: name });
  for (const { file, name, value } of exported) {
    for (const [key, list] of Object.entries(Object(value))) {
      if (!Array.isArray(list)) continue;
      for (const [index, element] of list.entries())
        if (!places.has(element)) places.set(element, { file, path: `${name}.${key}[${index}]` });
    }
  }
  return places;
}
