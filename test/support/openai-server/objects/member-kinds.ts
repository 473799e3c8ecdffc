import certificate from "../../samples/certificate.json";
import group from "../../samples/group.json";
import groupUser from "../../samples/group_user.json";
import invite from "../../samples/invite.json";
import organizationUser from "../../samples/organization_user.json";
import projectCertificate from "../../samples/project_certificate.json";
import { APIError } from "../errors.ts";
import { isArray, type JsonObject } from "../json.ts";
import type { ActionCall, ObjectKind } from "./object-kind.ts";
import type { StoredObject } from "./stored-objects.ts";

/* Who belongs to the organization, in which groups, and by which certificates clients prove themselves. */

/** Turns certificates of a list on or off, and answers with them. */
function turn(active: boolean): NonNullable<ObjectKind["steps"]>[string] {
  return (visible: readonly StoredObject[], { parameters }: ActionCall) => {
    const ids = isArray(parameters.certificate_ids) ? parameters.certificate_ids : [];
    const meant = visible.filter(({ id }) => ids.includes(id));
    if (meant.length < ids.length) return new APIError(404, "Certificate not found.");
    for (const { body } of meant) body.active = active;
    return { object: "list", data: meant.map(({ body }) => body as JsonObject) };
  };
}

/** Of certificates: shown where a read asks for them. */
const contents = new WeakMap<object, string>();

const activation = { activate: turn(true), deactivate: turn(false) };

export const memberKinds: readonly ObjectKind[] = [
  {
    path: "organization/users",
    sample: organizationUser,
    id: { prefix: "user-" },
    missing: { message: "User with id '{id}' not found." },
    update: ["role", "role_id", "developer_persona", "technical_level"],
    delete: { object: "organization.user.deleted" },
    filters: { "emails[]": "email" },
  },
  {
    path: "organization/invites",
    sample: invite,
    id: { prefix: "invite-" },
    missing: { message: "Invite with id '{id}' not found." },
    create: { parameters: ["email", "role", "projects"], required: ["email", "role"] },
    delete: { object: "organization.invite.deleted" },
    refusesDeletion: ({ body }) =>
      body.status === "accepted" ? new APIError(400, "An accepted invite cannot be deleted.") : undefined,
    created(object, { email, projects }) {
      object.email = String(email).toLowerCase();
      // Without projects it is for the default one, as it was before there were projects.
      object.projects = projects ?? [{ id: "proj_default", role: "member" }];
      object.expires_at = Number(object.created_at) + 604_800;
    },
  },
  {
    path: "organization/groups",
    sample: group,
    id: { prefix: "group_" },
    missing: { message: "Group with id '{id}' not found." },
    create: { parameters: ["name"], required: ["name"] },
    update: ["name"],
    // An update says less than a read.
    updated: ({ id, name, created_at, is_scim_managed }) =>
      ({ id, name, created_at, is_scim_managed }) as JsonObject,
    delete: { object: "group.deleted" },
    cursors: "next",
  },
  {
    path: "organization/groups/{group_id}/users",
    sample: groupUser,
    id: { parameter: "user_id" },
    missing: { message: "User with id '{id}' not found in group '{group_id}'." },
    create: { parameters: ["user_id"], required: ["user_id"] },
    delete: { object: "group.user.deleted" },
    cursors: "next",
    answers: ({ id }, { group_id }) => ({
      object: "group.user",
      user_id: String(id),
      group_id: group_id ?? null,
    }),
  },
  {
    path: "organization/certificates",
    sample: certificate,
    id: { prefix: "cert_" },
    missing: { message: "Certificate with id '{id}' not found." },
    create: { parameters: ["certificate", "name"], required: ["certificate"] },
    update: ["name"],
    delete: { object: "certificate.deleted" },
    // It does not say "deleted": true.
    bareDeletion: true,
    created(object, { certificate }) {
      contents.set(object, String(certificate));
    },
    shows({ body }, query) {
      if (!query.getAll("include[]").includes("content")) return body;
      const details = { ...(body.certificate_details as JsonObject), content: contents.get(body) ?? null };
      return { ...body, certificate_details: details };
    },
    steps: activation,
    makes: ({ id }) =>
      ["proj_default"].map((project) => ({
        path: "organization/projects/{project_id}/certificates",
        parents: { project_id: project },
        members: { id: String(id) },
      })),
  },
  {
    path: "organization/projects/{project_id}/certificates",
    sample: projectCertificate,
    id: { prefix: "cert_" },
    missing: { message: "Certificate with id '{id}' not found." },
    listOnly: true,
    steps: activation,
  },
];
