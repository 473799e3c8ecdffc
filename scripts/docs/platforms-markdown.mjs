// The platforms of a release as a table, for the README and the provider's page.
import { readFileSync } from "node:fs";
import { platforms } from "../release/platforms.mjs";

/** Around the table in the README, where the rest is written by hand. */
const MARKS = /(?<=<!-- platforms: written by `make docs` -->\n)[\s\S]*(?=<!-- \/platforms -->)/;

export function platformsMarkdown() {
  const rows = platforms.map(({ title, tried }) => `| ${title} | ${tried} |`);
  return `| platform | tried how |\n|---|---|\n${rows.join("\n")}`;
}

/** The README with the table of today. */
export function readmeWithPlatforms() {
  const readme = readFileSync("README.md", "utf8");
  if (!MARKS.test(readme)) throw new Error("README.md has no place for the table of platforms.");
  return readme.replace(MARKS, () => `\n${platformsMarkdown()}\n\n`);
}
