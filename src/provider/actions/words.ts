import { type Diagnostics, Path } from "../../framework/index.ts";

/** What an action does, and to what. */
export interface Words {
  /** Within a sentence: `stored completion`. */
  readonly one: string;
  readonly many: string;
  /** `deleted`. */
  readonly done: string;
  /** The argument that says to how many. */
  readonly most: string;
}

/** One of the objects that an action is about. */
export interface Target {
  readonly id: string;
  /** What a practitioner recognises it by, beside its ID. */
  readonly name?: string;
}

/** As many are named in a message. */
const mostNamed = 10;

/** `1 file`, `12 files`. */
export function counted(count: number, { one, many }: Words): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `file-1 (notes.txt), file-2 and 7 more`. */
export function namesOf(targets: readonly Target[]): string {
  const names = targets
    .slice(0, mostNamed)
    .map(({ id, name }) => (name === undefined ? id : `${id} (${name})`));
  const more = targets.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Whether there are no more than the action may change; the error where there are. */
export function isWithin(
  allowed: number,
  targets: readonly Target[],
  words: Words,
  diagnostics: Diagnostics,
): boolean {
  if (targets.length <= allowed) return true;
  diagnostics.addAttributeError(
    Path.root.atName(words.most),
    `More ${words.many} than ${words.most} allows`,
    `More than ${counted(allowed, words)} would be ${words.done}, and ${words.most} allows no more. Nothing was ${words.done}.\n\n` +
      `The first are: ${namesOf(targets)}.\n\nNarrow down what the action is about, or raise ${words.most}.`,
  );
  return false;
}

/** What a plan shows of an action: how many objects it would change now, and which. */
export function announce(
  targets: readonly Target[],
  words: Words,
  more: string,
  diagnostics: Diagnostics,
): void {
  const [what, which] =
    targets.length === 0
      ? [`No ${words.many} to be ${words.done}`, `Nothing that there is now would be ${words.done}.`]
      : [
          `${counted(targets.length, words)} to be ${words.done}`,
          `As of now, ${targets.length === 1 ? "this is" : "these are"} ${words.done}: ${namesOf(targets)}.`,
        ];
  diagnostics.addWarning(
    what,
    `${which}${more}\n\nThe action looks again when it is invoked, and ${words.most} holds then, too.`,
  );
}

/** What a plan says where it cannot look yet. */
export function announceUnknown(words: Words, diagnostics: Diagnostics): void {
  diagnostics.addWarning(
    `Not counted yet what is ${words.done}`,
    "An argument of the action, or the provider block, is only known during apply, so that the plan cannot count. " +
      `${words.most} holds when the action is invoked.`,
  );
}
