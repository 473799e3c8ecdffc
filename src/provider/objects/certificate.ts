import { notBlank, string } from "../../framework/index.ts";
import { flag, idAlias, timestamp } from "../api/arguments.ts";
import { Body } from "../api/body.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { pemCertificate, samePem } from "./pem.ts";

/** What lists of certificates have of each. */
export const certificateAttributes = {
  valid_at: wired(timestamp("from which on it is valid"), { member: "certificate_details.valid_at" }),
  expires_at: wired(timestamp("of its end"), { member: "certificate_details.expires_at" }),
  created_at: timestamp("of when it was uploaded"),
};

export const certificateLeftOut = {
  certificate_details: "its members are attributes",
  object: "it is always the same",
} as const;

/** A certificate by which clients prove themselves to the API. */
export const certificate = apiObject({
  name: "openai_certificate",
  noun: "certificate",
  subcategory: "Organization",
  key: "admin",
  path: "organization/certificates",
  id: "cert_abc123",
  idAlias: "certificate_id",
  responseJson: true,
  readByList: "first",
  attributes: {
    certificate_id: idAlias("The ID of the certificate, as `id` has it."),
    certificate: wired(
      string({
        required: true,
        sensitive: true,
        validate: [notBlank(), pemCertificate()],
        equivalent: samePem,
        description: "The certificate in PEM format, without its private key.",
      }),
      { sentOnly: true, createOnly: true },
    ),
    name: string({
      optional: true,
      computed: true,
      validate: [notBlank()],
      description: "The name of the certificate. Left out, it stays as it is; at first, the API chooses.",
    }),
    active: flag("Whether it is active for the organization."),
    ...certificateAttributes,
  },
  leftOut: certificateLeftOut,
  async more({ openai, state, imported, options }) {
    // Only who imports one needs its content.
    if (!imported) return {};
    const path = ["organization", "certificates", state.id];
    const { body } = await openai.send({ method: "GET", path, query: [["include[]", "content"]] }, options());
    return { certificate: new Body(body).get("certificate_details").get("content").string() ?? "" };
  },
  resource: {
    description:
      "Keeps a certificate by which clients prove themselves. It has no effect before it is active: for the organization by " +
      "`openai_organization_certificate`, for a project by `openai_project_certificate`.",
    leaveOut: ["active"],
    update: ["name"],
    answersUpdate: true,
    // One without a name is like any other.
    made: (listed, sent) => listed.name !== null && listed.name === sent.name,
  },
  dataSource: {
    argument: "certificate_id",
    description: "Reads a certificate: its name, and from when until when it is valid.",
    leaveOut: ["active"],
  },
  list: {
    displayName: "name",
    description: "Reads all certificates, and which of them are active for the organization.",
  },
});
