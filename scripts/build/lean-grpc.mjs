// grpc-js without what a server never uses: its client, load balancing, admin services and
// channelz. It loads all of them from its server modules; here those imports get empty stand-ins.

const unused = ["admin", "make-client", "orca", "load-balancer-child-handler"];

/** @type {import("esbuild").Plugin} */
export const leanGrpc = {
  name: "lean-grpc",
  setup(build) {
    const filter = new RegExp(`^\\./(${unused.join("|")})$`);
    build.onResolve({ filter }, (args) =>
      /@grpc.grpc-js.build.src/.test(args.importer) ? { path: args.path, namespace: "lean-grpc" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "lean-grpc" }, () => ({
      contents: "module.exports = {};",
      loader: "js",
    }));
  },
};
