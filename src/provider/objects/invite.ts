import { list, nested, notBlank, oneOf, string } from "../../framework/index.ts";
import { idAlias, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { emailAddress, sameAddress } from "./address.ts";

/** An invitation to the organization. */
export const invite = apiObject({
  name: "openai_invite",
  noun: "invite",
  subcategory: "Organization",
  key: "admin",
  path: "organization/invites",
  id: "invite-abc123",
  idAlias: "invite_id",
  responseJson: true,
  readByList: "first",
  attributes: {
    invite_id: idAlias("The ID of the invite, as `id` has it."),
    email: string({
      required: true,
      validate: [notBlank(), emailAddress()],
      equivalent: sameAddress,
      description: "The address that the invite is sent to.",
    }),
    role: string({
      required: true,
      validate: [oneOf("owner", "reader")],
      description: "The role in the organization: `owner` or `reader`.",
    }),
    projects: list(
      nested({
        id: string({ required: true, validate: [notBlank()], description: "The ID of a project." }),
        role: string({
          required: true,
          validate: [oneOf("owner", "member")],
          description: "The role in the project: `owner` or `member`.",
        }),
      }),
      {
        optional: true,
        computed: true,
        description:
          "The projects that the user joins. Left out means the default project, and an empty list none.",
      },
    ),
    status: text("`pending`, `accepted` or `expired`."),
    created_at: timestamp("of when it was sent"),
    expires_at: timestamp("of its end"),
    accepted_at: timestamp("of when it was accepted; null where it was not"),
  },
  leftOut: { object: "it is always organization.invite" },
  resource: {
    description:
      "Sends an invite to the organization. A destroy takes it back; one that was accepted stays, and so does the user.",
    volatile: ["status", "expires_at", "accepted_at"],
    settled: { attribute: "status", values: ["accepted"] },
    made: (listed, sent) => sameAddress(listed.email, sent.email),
  },
  dataSource: {
    argument: "invite_id",
    description: "Reads an invite: whether it was accepted, and when it ends.",
  },
  list: {
    displayName: "email",
    description: "Reads all invites to the organization.",
    order: false,
  },
});
