import { resolve } from "node:path";

const named = process.env.TEST_DATA ?? "";

/**
 * Declares tests against data of others, which lies outside the project: TEST_DATA names its folder.
 * Without that variable they are left out, which scripts/test.mjs says in one line; with it, a file
 * that is not there fails its test.
 */
export function againstOutsideData(declare: (folder: string) => void): void {
  if (named !== "") declare(resolve(named));
}
