/** A reason not to go on that is nobody's bug: the message is one line, and is printed without a stack. */
export class Refusal extends Error {}

/** Ends a script by its refusal. @param {unknown} error @returns {never} */
export function refuse(error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exit(1);
}
