// The one table of a run, as the README and FIGURES.md have it.
import { paired } from "./timing.mjs";

/** @typedef {import("./timing.mjs").Figure} Figure */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} own
 * @property {string} [peer]
 * @property {string} [ratio]
 */

/** Two figures of one run, and what one is of the other. @param {string} what @param {Figure} own @param {Figure | undefined} peer @returns {Row} */
export function timeRow(what, own, peer) {
  return {
    what,
    own: time(own.median),
    ...(peer && { peer: time(peer.median), ratio: `${paired(own, peer).toFixed(2)} ×` }),
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

/** @param {readonly Row[]} rows @param {string} own @param {string | undefined} peer  their names @returns {string} Markdown */
export function tableOf(rows, own, peer) {
  const cells = rows.map(({ what, own, peer: other = "", ratio = "" }) =>
    peer === undefined ? [what, own] : [what, own, other, ratio],
  );
  const head = peer === undefined ? ["", own] : ["", own, peer, "ratio"];
  const line = (/** @type {readonly string[]} */ row) => `| ${row.join(" | ")} |\n`;
  return [line(head).replace(/^\| {2}/, "| "), `|${"---|".repeat(head.length)}\n`, ...cells.map(line)].join(
    "",
  );
}
