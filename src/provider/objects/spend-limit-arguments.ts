import { number, oneOf, string } from "../../framework/index.ts";
import { text } from "../api/arguments.ts";
import { wired } from "../api/wire.ts";
import { wholeFrom } from "../argument-validators.ts";

/* What limits of spending share, of the organization and of a project. */

export const currency = string({
  required: true,
  validate: [oneOf("USD")],
  description: "The currency of the amount: `USD`.",
});

export const interval = string({
  required: true,
  validate: [oneOf("month")],
  description: "The time over which spending counts: `month`.",
});

export const spendLimit = {
  threshold_amount: number({
    required: true,
    validate: [wholeFrom(1)],
    description: "The amount, in whole cents, from which on requests are refused.",
  }),
  currency,
  interval,
  enforcement_status: wired(text("`enforcing` where requests are refused, otherwise `inactive`."), {
    member: "enforcement.status",
  }),
};

/** Arguments that a limit is changed by. */
export const spendLimitUpdate = ["threshold_amount", "currency", "interval"] as const;

export const spendLimitLeftOut = { enforcement: "it is enforcement_status" } as const;
