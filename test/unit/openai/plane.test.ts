import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPlane, endpointOf, isShownBy, planeOf } from "../../../src/openai/plane.ts";

test("a path belongs to the Administration API by its first step alone", () => {
  for (const path of [
    ["organization", "users"],
    ["projects", "proj_1", "roles"],
  ])
    assert.equal(planeOf(path), "admin", path.join("/"));
  for (const path of [
    ["files"],
    ["chat", "completions"],
    ["vector_stores", "organization"],
    ["Organization"],
    [],
  ])
    assert.equal(planeOf(path), "project", path.join("/"));
});

test("a key that is asked for the other part of the API is a mistake of the caller's, found before anything is sent", () => {
  assert.throws(() => checkPlane("project", ["organization", "projects"]), TypeError);
  assert.throws(() => checkPlane("admin", ["files"]), TypeError);
  // A server may not care about case.
  assert.throws(() => checkPlane("project", ["Organization", "projects"]), TypeError);
  checkPlane("project", ["files"]);
  checkPlane("admin", ["projects", "proj_1", "roles"]);
});

test("an endpoint has {id} in place of IDs, whatever these are", () => {
  assert.equal(endpointOf("POST", ["organization", "projects"]), "POST /organization/projects");
  assert.equal(
    endpointOf("GET", ["organization", "projects", "proj_1", "users", "users"]),
    "GET /organization/projects/{id}/users/{id}",
  );
  assert.equal(endpointOf("GET", ["projects", "proj_1", "roles"]), "GET /projects/{id}/roles");
  // What is below usage are kinds of it.
  const images = ["organization", "usage", "images"];
  assert.equal(endpointOf("GET", images), "GET /organization/usage/images");
  assert.equal(endpointOf("GET", ["projects", "usage"]), "GET /projects/{id}");
});

test("a write below a project changes what reads of that project show, and of the list of projects", () => {
  const written = ["organization", "projects", "proj_1", "users"];
  assert.equal(isShownBy(written, ["projects", "proj_1", "users", "user-1", "roles"]), true);
  assert.equal(isShownBy(written, ["organization", "projects"]), true);
  assert.equal(isShownBy(written, ["organization", "projects", "proj_2", "users"]), false);
  assert.equal(
    isShownBy(["organization", "users", "user-1"], ["organization", "projects", "proj_2", "users"]),
    true,
  );
});
