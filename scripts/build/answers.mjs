// The answers that are the same in every process, asked of the provider with all of its objects loaded and checked.
import { loadSources } from "./load-sources.mjs";

/** Its name beside the scripts: src/prepared-answers.ts. */
export const answersFile = "answers.bin";

/** @returns {Promise<Buffer>} what src/prepared-answers.ts unpacks */
export async function buildAnswers() {
  const { answers } = await loadSources('export { answers } from "./src/answers.ts";');
  return answers();
}
