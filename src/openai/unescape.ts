import { TraceBuilder, type TracedText } from "./traced-text.ts";

/** Percent-encoding, HTML's character references, and backslashes as JSON, JavaScript, C and shells have them. */
const escapes =
  /((?:%[0-9a-f]{2})+)|(?:%u|\\u)([0-9a-f]{4})|\\x([0-9a-f]{2})|(?:&#x0*|\\u\{0*)([0-9a-f]{1,6})[;}]?|&#0*([0-9]{1,7});?|&([a-z]{2,31});|\\([0-7]{3})|\\([\s\S])/gi;

/** What the references mean that stand in URLs, keys and JSON; any other is a character that is no letter. */
const references: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  sol: "/",
  bsol: "\\",
  plus: "+",
  equals: "=",
  lowbar: "_",
  hyphen: "-",
  dash: "-",
  period: ".",
  colon: ":",
  percnt: "%",
};

/** Undoes one layer of escapes. Undefined where there is none. What is no escape stays as it is. */
export function unescaped({ text, starts, ends }: TracedText): TracedText | undefined {
  if (!/[%&\\]/.test(text)) return undefined;
  const result = new TraceBuilder();
  let kept = 0;
  const keep = (until: number) => {
    for (; kept < until; kept += 1) result.add(text.charAt(kept), starts[kept] ?? 0, ends[kept] ?? 0);
  };
  for (const match of text.matchAll(escapes)) {
    const [whole, percents] = match;
    keep(match.index);
    kept += whole.length;
    const place = (from: number, to: number) =>
      [starts[match.index + from] ?? 0, ends[match.index + to - 1] ?? 0] as const;
    if (percents === undefined) result.add(meaning(match), ...place(0, whole.length));
    else
      for (const { character, from, to } of percentDecoded(percents))
        result.add(character, ...place(from, to));
  }
  if (kept === 0) return undefined;
  keep(text.length);
  return result.built();
}

/** What one escape other than percent-encoding stands for. */
function meaning([, , hex4, hex2, hex6, decimal, name, octal, other = ""]: RegExpExecArray): string {
  const hex = hex4 ?? hex2 ?? hex6;
  if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
  if (decimal !== undefined) return codePoint(Number(decimal));
  if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
  if (name !== undefined) return references[name.toLowerCase()] ?? "&";
  return whitespace[other] ?? other;
}

const whitespace: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}

/** The characters of a run of `%XX`, as UTF-8; a byte that is none is a character by itself, as in Latin-1. */
function* percentDecoded(run: string): Generator<{ character: string; from: number; to: number }> {
  const bytes = Buffer.from(run.replaceAll("%", ""), "hex");
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const decoded = bytes.toString("utf8", at, at + length);
    const valid = length === 1 ? first < 0x80 : !decoded.includes("\ufffd");
    const used = valid ? length : 1;
    yield {
      character: valid ? decoded : String.fromCharCode(first),
      from: 3 * at,
      to: 3 * Math.min(at + used, bytes.length),
    };
    at += used;
  }
}
