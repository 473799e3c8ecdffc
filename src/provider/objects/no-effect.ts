import { type Diagnostics, type ExactNumber, Path, terraformNumberText } from "../../framework/index.ts";
import { titleOf, withArticle } from "../api/object-names.ts";

type Values = { readonly [name: string]: unknown };

interface Planned {
  readonly config: Values;
  readonly state: Values | null;
  readonly private: { readonly imported: boolean };
  readonly diagnostics: Diagnostics;
}

/**
 * Warns of arguments that a creation alone sends, where the first plan after an import sets them: they are taken into state,
 * and do nothing. Only for a plan that creates no other object.
 *
 * @param instead What holds in their place, and what to do.
 */
export function warnOfNoEffect(
  noun: string,
  names: readonly string[],
  { config, state, private: { imported }, diagnostics }: Planned,
  instead: string,
): void {
  if (!imported || state === null) return;
  for (const name of names) {
    if ((config[name] ?? null) === null || (state[name] ?? null) !== null) continue;
    diagnostics.addAttributeWarning(
      Path.root.atName(name),
      `${name} has no effect`,
      `${titleOf({ noun: withArticle(noun) })} has ${name} from its creation on, and this one was imported: the next apply takes the ` +
        `argument into state, and sends nothing. ${instead}`,
    );
  }
}

interface Timed {
  readonly created_at: ExactNumber | null;
  readonly expires_at: ExactNumber | null;
}

/** How many seconds the two times of an object may differ from what was asked for. */
const nearly = 60;

/** Whether an object ends so many seconds after its creation, as its creation was asked for. */
export function endsAfter({ created_at: from, expires_at: to }: Timed, seconds: unknown): boolean {
  if (typeof seconds !== "number" || from === null || to === null) return false;
  const [began, ends] = [from, to].map((time) => Number(terraformNumberText(time)));
  return Math.abs((ends ?? 0) - (began ?? 0) - seconds) <= nearly;
}
