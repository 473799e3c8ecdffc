// The README, where tables stand between marks and the rest is written by hand.
import { readFileSync } from "node:fs";
import { examplesMarkdown, guidesMarkdown, objectsMarkdown, platformsMarkdown } from "./tables.mjs";

/** @param {import("./load-provider.mjs").Declared} declared */
export function renderReadme(declared) {
  const tables = {
    platforms: platformsMarkdown(),
    objects: objectsMarkdown(declared, "docs/"),
    examples: examplesMarkdown(),
    guides: guidesMarkdown("docs/"),
  };
  let readme = readFileSync("README.md", "utf8");
  for (const [name, table] of Object.entries(tables)) {
    const between = new RegExp(
      `(?<=<!-- ${name}: written by \`make docs\` -->\\n)[\\s\\S]*(?=<!-- /${name} -->)`,
    );
    if (!between.test(readme)) throw new Error(`README.md has no place for its ${name}.`);
    readme = readme.replace(between, () => `\n${table}\n\n`);
  }
  return readme;
}
