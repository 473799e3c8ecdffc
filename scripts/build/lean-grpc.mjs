// grpc-js without what a server never uses. Its server modules import its client side, its metrics
// and channelz services and with them half of the package; the stand-ins below take the place of
// those imports and save some 20 ms of every start.

/** @type {Readonly<Record<string, string>>} modules of grpc-js, and what its server needs of them */
const standIns = {
  "./admin": "exports.registerAdminService = () => {};",
  "./make-client": "exports.loadPackageDefinition = () => ({});",
  // Load reports (orca) go out only where a service recorded metrics, and none does.
  "./orca":
    "exports.GRPC_METRICS_HEADER = 'endpoint-load-metrics-bin';" +
    "exports.PerRequestMetricRecorder = class { serialize() { return Buffer.alloc(0); } };",
  // The order of channelz's lists; channelz is off.
  "@js-sdsl/ordered-map": "exports.OrderedMap = Map;",
  // Loaded by channelz's service, which is not served.
  "@grpc/proto-loader": "throw new Error('proto-loader is no part of the provider');",
  // Compressed messages, which Terraform never sends: loaded when one comes all the same.
  zlib:
    "exports.createInflate = (...a) => require('node:zlib').createInflate(...a);" +
    "exports.createGunzip = (...a) => require('node:zlib').createGunzip(...a);",
};

/** @type {import("esbuild").Plugin} */
export const leanGrpc = {
  name: "lean-grpc",
  setup(build) {
    build.onResolve({ filter: /^(\.\/|@|zlib$)/ }, (args) =>
      /@grpc.grpc-js.build.src/.test(args.importer) && Object.hasOwn(standIns, args.path)
        ? { path: args.path, namespace: "lean-grpc" }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "lean-grpc" }, (args) => ({
      contents: standIns[args.path] ?? "",
      loader: "js",
    }));
  },
};
