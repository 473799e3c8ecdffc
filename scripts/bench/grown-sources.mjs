// The sources of further objects, each declared as the vector store is.

/**
 * The declarations of further objects, and the index that lists them.
 * @param {number} count @param {string} declaration  of the vector store @param {string} index
 * @returns {Map<string, string>} by the name of their file
 */
export function grownSources(count, declaration, index) {
  const names = Array.from({ length: count }, (_, number) => `grown${String(number + 1).padStart(3, "0")}`);
  const sources = new Map(
    names.map((name) => {
      const text = replaced(declaration, [
        [/export const vectorStore\b/, `export const ${name}`],
        [/"openai_vector_store"/, `"openai_${name}"`],
        [/"vector_stores"/, `"${name}"`],
        [/\n {2}list: \{.*\},(?=\n\}\);)/, ""],
      ]);
      return [`${name}.ts`, text];
    }),
  );
  const imports = names.map((name) => `import { ${name} } from "./${name}.ts";\n`).join("");
  const listed = names.map((name) => `  ${name},\n`).join("");
  return sources.set(
    "index.ts",
    replaced(index, [
      [/^/, imports],
      [/\n\];\n/, `\n${listed}];\n`],
    ]),
  );
}

/** @param {string} text @param {readonly [RegExp, string][]} changes  each of which has to find its place */
function replaced(text, changes) {
  return changes.reduce((before, [pattern, by]) => {
    if (!pattern.test(before))
      throw new Error(`scripts/bench/grown-sources.mjs finds no ${pattern} any more.`);
    return before.replace(pattern, by);
  }, text);
}
