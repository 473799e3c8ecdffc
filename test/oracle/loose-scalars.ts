import type { Dice } from "../support/random/dice.ts";

/** The same text after NFC: as it is, in pieces, or composed. */
export function looseText(text: string, dice: Dice): string {
  return dice.pick([text, text, text.normalize("NFD"), text.normalize("NFC")]);
}

/** The same number in another of the forms that Go's big.ParseFloat reads. Takes plain decimal text. */
export function looseNumber(text: string, dice: Dice): string {
  const [, sign = "", digits = ""] = /^(-?)(.*)$/.exec(text) ?? [];
  const [whole = "", fraction = ""] = digits.split(".");
  switch (dice.below(6)) {
    case 0:
      return `${sign || "+"}${digits}`;
    case 1:
      return `${sign}000${whole}.${fraction}00`;
    case 2:
      return `${sign}${whole}${fraction}e-${fraction.length}`;
    case 3:
      return `${sign}.${whole}${fraction}E+${whole.length}`;
    case 4:
      return fraction === "" ? `${sign}${whole}.` : text;
    default:
      return text;
  }
}

/** The same number in another form of JSON's. */
export function looseJSONNumber(text: string, dice: Dice): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? [];
  switch (dice.below(4)) {
    case 0:
      return `${sign}${whole}.${fraction}00`;
    case 1:
      return `${sign}0.${whole}${fraction}${dice.pick(["e", "E"])}${dice.pick(["", "+"])}${whole.length}`;
    case 2:
      return `${sign}${whole}.${fraction}000e-0`;
    default:
      return text;
  }
}
