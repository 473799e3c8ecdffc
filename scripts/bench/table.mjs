// The one table of a run, as the README and FIGURES.md have it.
import { paired } from "./timing.mjs";

/** @typedef {import("./timing.mjs").Figure} Figure */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} own
 * @property {readonly (string | undefined)[]} [peers]  in the order of the contenders
 * @property {readonly string[]} [ratios]  what our figure is of each peer's
 */

/**
 * Figures of one run, and what the first is of each other.
 * @param {string} what @param {Figure} own @param {readonly Figure[]} peers @returns {Row}
 */
export function timeRow(what, own, peers) {
  return {
    what,
    own: time(own.median),
    peers: peers.map(({ median }) => time(median)),
    ratios: peers.map((peer) => `${paired(own, peer).toFixed(2)} ×`),
  };
}

/** @param {number} ms */
export function time(ms) {
  return ms < 1000 ? `${ms.toFixed(ms < 10 ? 2 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** @param {number | undefined} bytes */
export function megabytes(bytes) {
  return bytes === undefined ? "" : `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * @param {readonly Row[]} rows @param {string} own @param {readonly string[]} peers  their names
 * @returns {string} Markdown
 */
export function tableOf(rows, own, peers) {
  const cells = rows.map(({ what, own: ours, peers: others = [], ratios = [] }) => [
    what,
    ours,
    ...peers.flatMap((_, index) => [others[index] ?? "", ratios[index] ?? ""]),
  ]);
  const head = ["", own, ...peers.flatMap((name) => [name, peers.length > 1 ? `× ${name}` : "ratio"])];
  const line = (/** @type {readonly string[]} */ row) => `| ${row.join(" | ")} |\n`;
  return [line(head).replace(/^\| {2}/, "| "), `|${"---|".repeat(head.length)}\n`, ...cells.map(line)].join(
    "",
  );
}
