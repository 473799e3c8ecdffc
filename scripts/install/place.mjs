// Puts one file in several places, whole or not at all.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { Refusal } from "../release/refusal.mjs";

/**
 * Each place gets the file under a temporary name first, and all are renamed when all are written. A
 * failure leaves no new file or folder behind, and what was there before as it was.
 *
 * @param {string} file @param {readonly string[]} targets
 */
export function place(file, targets) {
  /** @type {{ temporary: string, target: string }[]} */
  const written = [];
  /** @type {string[]} */
  const folders = [];
  try {
    for (const target of targets) {
      makeFolder(dirname(target), folders);
      const temporary = join(dirname(target), `.${basename(target)}.${process.pid}`);
      const first = written[0]?.temporary;
      written.push({ temporary, target });
      if (first === undefined) copy(file, temporary);
      else link(first, temporary);
    }
    for (const { temporary, target } of written) renameSync(temporary, target);
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    for (const folder of folders.reverse()) rmdirSync(folder);
    throw explained(error, dirname(targets[0] ?? ""));
  }
}

/**
 * One folder at a time: Node's recursive mkdir says of a read-only file system that there is no such file.
 * @param {string} folder @param {string[]} made  gets what did not exist
 */
function makeFolder(folder, made) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}

/** @param {string} from @param {string} to */
function copy(from, to) {
  copyFileSync(from, to);
  const descriptor = openSync(to, "r");
  // Some file systems report that they are full only now.
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** @param {string} from @param {string} to */
function link(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copy(from, to);
  }
}

/** @type {Readonly<Record<string, string>>} */
const reasons = {
  ENOSPC: "no space is left there",
  EDQUOT: "your quota there is used up",
  EROFS: "it is on a read-only file system",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  ENOTDIR: "a part of that path is a file",
  EEXIST: "a part of that path is a file",
};

/** @param {unknown} error @param {string} folder */
function explained(error, folder) {
  const reason = reasons[String(error instanceof Error && "code" in error ? error.code : "")];
  if (reason === undefined) return error;
  return new Refusal(`Nothing was installed into ${folder}: ${reason}. Name another folder with MIRROR=…`);
}
