import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { certificateLeftOut } from "./certificate.ts";
import { activation, activationSteps } from "./organization-certificate.ts";

/** A certificate that is active for a project. */
export const projectCertificate = apiObject({
  name: "openai_project_certificate",
  noun: "project certificate",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/certificates",
  id: "cert_abc123",
  idArgument: "certificate_id",
  association: { steps: activationSteps },
  responseJson: true,
  readByList: "only",
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    ...activation,
  },
  leftOut: certificateLeftOut,
  resource: {
    description:
      "Activates a certificate for a project. A destroy deactivates it; one that somebody else deactivated is activated again.",
    absent: { is: ({ active }) => active !== true },
  },
  list: {
    attribute: "certificates",
    displayName: "name",
    description: "Reads all certificates that a project can use, and which of them are active for it.",
    leaveOut: ["project_id", "certificate_id"],
  },
});
