import {
  list,
  notBlank,
  number,
  oneOf,
  quote,
  string,
  types,
  type Validator,
} from "../../framework/index.ts";
import { idAlias } from "../api/arguments.ts";
import { wired } from "../api/wire.ts";
import { notEmpty, wholeFrom } from "../argument-validators.ts";
import { currency, interval } from "./spend-limit-arguments.ts";

/* What alerts of spending share, of the organization and of a project. */

/** Each has to be an address: the API takes others, and sends them nothing. */
const addresses: Validator<readonly string[]> = {
  description: "must have email addresses",
  validate(value) {
    const odd = value.find((each) => !/^[^\s@]+@[^\s@]+$/.test(each));
    return odd === undefined
      ? undefined
      : {
          detail: "Each recipient must be an email address, for example costs@example.com.",
          given: quote(odd),
        };
  },
};

export const spendAlert = {
  alert_id: idAlias("The ID of the alert, as `id` has it."),
  threshold_amount: number({
    required: true,
    validate: [wholeFrom(1)],
    description: "The amount, in whole cents, at which the alert is sent.",
  }),
  currency,
  interval,
  notification_channel_type: wired(
    string({ required: true, validate: [oneOf("email")], description: "How the alert is sent: `email`." }),
    { member: "notification_channel.type" },
  ),
  notification_channel_recipients: wired(
    list(types.string, {
      required: true,
      validate: [notEmpty(), addresses],
      description: "The addresses that get the alert.",
    }),
    { member: "notification_channel.recipients" },
  ),
  notification_channel_subject_prefix: wired(
    string({
      optional: true,
      validate: [notBlank()],
      description: "What the subject of the mail begins with.",
    }),
    { member: "notification_channel.subject_prefix" },
  ),
};

/** Arguments that an alert is changed by: all are sent. */
export const spendAlertUpdate = [
  "threshold_amount",
  "currency",
  "interval",
  "notification_channel_type",
  "notification_channel_recipients",
  "notification_channel_subject_prefix",
] as const;

export const spendAlertLeftOut = {
  notification_channel: "its members are notification_channel_type, _recipients and _subject_prefix",
} as const;
