// Where the time of a plan's processes goes, from the provider's own marks (src/plugin/timeline.ts).
import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ pid: number, origin: number, marks: Record<string, number> }} Timeline */

/** The processes of the last plan, oldest first. @param {string} file @param {number} processes @returns {Timeline[]} */
export function readTimelines(file, processes) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.slice(-processes).map((line) => JSON.parse(line));
}

/** @param {Timeline[]} timelines */
export function printTimelines(timelines) {
  if (timelines.length === 0) return;
  console.log("Timeline of a plan's processes, ms after the runtime's own start");
  const names = [...new Set(timelines.flatMap(({ marks }) => Object.keys(marks)))];
  console.log(`  ${"".padEnd(16)}${timelines.map((_, index) => `P${index + 1}`.padStart(9)).join("")}`);
  for (const name of names) {
    const cells = timelines.map(({ marks }) => (marks[name]?.toFixed(1) ?? "–").padStart(9));
    console.log(`  ${name.padEnd(16)}${cells.join("")}`);
  }
  console.log("");
}
