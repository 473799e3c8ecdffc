import { answers } from "./completions-answers.ts";
import { edges } from "./completions-edges.ts";
import { tools } from "./completions-tools.ts";
import { choice, type Seed } from "./seed.ts";

/**
 * The server's own completions: one for every shape that the API or a gateway is known to give.
 * `chatcmpl-abc123` is the plain answer that the README reads.
 */
export function ownCompletions(): Seed[] {
  return [plain, ...answers, ...tools, ...edges, large()];
}

/** The README's example. */
const plain: Seed = {
  id: "chatcmpl-abc123",
  choices: [
    choice({ content: "Plan, apply, done:\nthe state agrees with the world,\nuntil someone clicks." }),
  ],
  messages: [
    { role: "system", content: "You answer in haiku." },
    { role: "user", content: "What is Terraform?" },
  ],
  created: 1738962001,
  view: { usage: { total_tokens: 45, completion_tokens: 19, prompt_tokens: 26 } },
};

const MIB = 1024 * 1024;
let text: string | undefined;

/** An answer of exactly 1 MiB of ASCII, made when first wanted; the oldest, so that it comes last in lists. */
function large(): Seed {
  text ??= "0123456789abcde\n".repeat(MIB / 16);
  return { id: "chatcmpl-1mib", content: text, created: 1738962000 };
}
