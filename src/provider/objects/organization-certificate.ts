import { flag, idArgument, text } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { certificateAttributes, certificateLeftOut } from "./certificate.ts";

/** What the activation of a certificate has, for the organization and for a project. */
export const activation = {
  certificate_id: idArgument("The ID of the certificate, for example `cert_abc123`."),
  name: text("The name of the certificate."),
  active: flag("Whether it is active there."),
  ...certificateAttributes,
};

/** How certificates are activated. */
export const activationSteps = { make: "activate", remove: "deactivate", ids: "certificate_ids" } as const;

/** A certificate that is active for the organization. */
export const organizationCertificate = apiObject({
  name: "openai_organization_certificate",
  noun: "organization certificate",
  subcategory: "Organization",
  key: "admin",
  path: "organization/certificates",
  id: "cert_abc123",
  idArgument: "certificate_id",
  association: { steps: activationSteps },
  readByList: "only",
  attributes: activation,
  leftOut: certificateLeftOut,
  resource: {
    description:
      "Activates a certificate for the organization, whose projects then trust it, too. A destroy deactivates it; one that " +
      "somebody else deactivated is activated again.",
    absent: { is: ({ active }) => active !== true },
  },
});
