const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * The string as Terraform holds it: Unicode NFC (cty.NormalizeString in go-cty's value_init.go), and
 * valid UTF-8, so that each lone surrogate becomes U+FFFD.
 */
export function normalizeString(text: string): string {
  return text.replace(LONE_SURROGATE, "\ufffd").normalize("NFC");
}

/** Compares by the bytes of the UTF-8 form, the order in which Go sorts strings. */
export function compareUTF8(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i += 1) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}
