import { integer, nested, object, string } from "../../framework/index.ts";
import { atLeast } from "../argument-validators.ts";
import { positiveDuration } from "../duration.ts";

/* The arguments that actions share. */

/** How many objects an action may change: without it, a filter that is too wide would change all there are. */
export function most(words: { readonly many: string; readonly done: string }) {
  return integer({
    required: true,
    validate: [atLeast(1)],
    description:
      `How many ${words.many} are ${words.done} at most. Where there are more, the plan and the action end with an error, ` +
      `and nothing is ${words.done}.`,
  });
}

/** The time for what an action does to all of its objects, where `timeouts` says nothing. */
export const usualTime = "30m";

/** The time for finding them, where `timeouts` says nothing. */
export const usualSearchTime = "15m";

const find = time("Time to find what the action is about, with all pages of all lists.", usualSearchTime);
const howLong = { optional: true, description: "How long the action may take, with all attempts." } as const;

export const deletionTimeouts = object(
  nested({ read: find, delete: time("Time for all deletions together.", usualTime) }),
  howLong,
);

export const updateTimeouts = object(
  nested({ read: find, update: time("Time for all updates together.", usualTime) }),
  howLong,
);

function time(words: string, usual: string) {
  return string({
    optional: true,
    validate: [positiveDuration("15m")],
    description: `${words} Left out means \`${usual}\`.`,
  });
}
