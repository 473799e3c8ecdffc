/**
 * Which part of the API a key is for. `admin`: the Administration API, below `/organization` and `/projects`, which
 * takes admin keys alone. `project`: everything else, which takes the keys of projects and service accounts.
 */
export type Plane = "project" | "admin";

const adminPaths = /^(?:organization|projects)$/;

/** The part of the API that a path below the base URL belongs to, by its first step. */
export function planeOf(path: readonly string[]): Plane {
  return adminPaths.test(path[0] ?? "") ? "admin" : "project";
}

/**
 * The part of the API that a redirect leads to: undefined where that is not below the base URL, and not where the
 * Administration API would be there either.
 */
export function planeOfTarget(base: URL, target: string): Plane | undefined {
  const steps = stepsOf(target);
  const below = stepsOf(base.pathname);
  if (below.every((step, at) => steps[at] === step)) return planeOf(steps.slice(below.length));
  const [first = "", ...rest] = steps;
  return planeOf(/^v\d+$/.test(first) ? rest : steps) === "admin" ? "admin" : undefined;
}

/** As a server may read them: in any case, escaped, with slashes too many. */
function stepsOf(target: string): string[] {
  const path = target.replace(/\?.*$/s, "").toLowerCase();
  const decoded = path.replace(/%([0-7][0-9a-f])/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decoded.split("/").filter((step) => step !== "");
}

/**
 * The endpoint of the Administration API that a request goes to: its method, and its path with `{id}` in place of IDs.
 */
export function endpointOf(method: string, path: readonly string[]): string {
  // Below /organization, names and IDs take turns: /organization/projects/{id}/users/{id}.
  const from = path[0] === "organization" ? 1 : 0;
  // Each kind of usage is an endpoint.
  if (path[from] === "usage") return `${method} /${path.join("/")}`;
  const steps = path.map((step, at) => (at > from && (at - from) % 2 === 1 ? "{id}" : step));
  return `${method} /${steps.join("/")}`;
}

/**
 * Whether what a read of one path shows may change by a write to another. Below a project a write changes what is below
 * that project, its entry among the projects, and what the organization says of it elsewhere. A write elsewhere may
 * change everything: a user who leaves the organization leaves its projects, too.
 */
export function isShownBy(written: readonly string[], read: readonly string[]): boolean {
  const [write, shown] = [inOrganization(written), inOrganization(read)];
  const [first = ""] = shown;
  if (write[0] !== "projects" || recorded.has(first)) return true;
  if (first === "projects") return shown.length === 1 || shown[1] === write[1];
  return ofProjects[first]?.includes(write[2] ?? itself) === true;
}

/** A write to a project, and to nothing below it. */
const itself = "archive";

/** What of the organization names projects, and by writes to what below a project it changes. */
const ofProjects: Readonly<Record<string, readonly string[]>> = {
  // The projects that use a key, and the storage of one.
  external_keys: [itself],
  external_storage: [itself],
  // Service accounts are users, and users have the projects that they are in, with their roles.
  users: [itself, "users", "service_accounts", "groups"],
  invites: [itself],
  // What a workload may be: a service account of a project.
  workload_identity_providers: [itself, "service_accounts"],
};

/** What every write may add to. */
const recorded = new Set(["audit_logs", "costs", "usage"]);

/** Some of what is below a project is below /projects, and the rest below /organization/projects. */
function inOrganization(path: readonly string[]): readonly string[] {
  return path[0] === "organization" ? path.slice(1) : path;
}

/**
 * Keeps each key to its part of the API.
 *
 * @throws {TypeError} for a path of the other part: a mistake of the caller's, found before anything is sent.
 */
export function checkPlane(plane: Plane, path: readonly string[]): void {
  // A server may not care about case, and then the key would be there all the same.
  const asked = planeOf(plane === "admin" ? path : path.map((step) => step.toLowerCase()));
  if (asked === plane) return;
  throw new TypeError(
    plane === "admin"
      ? "the admin key is not sent to a path outside of /organization and /projects"
      : "a project's key is not sent to the Administration API",
  );
}
