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
