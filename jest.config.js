const swc = ["@swc/jest", { jsc: { target: "es2022" } }];
/** Packages that come as ES modules only, which Jest does not load. */
const ES_MODULES = "(https?-proxy-agent|agent-base|proxy-agent-negotiate)";
const SDK_MODELS = "@alicloud/ecs20140526/dist/models/model\\.js$";
const transform = {
  "^.+\\.ts$": swc,
  [`/node_modules/${ES_MODULES}/.+\\.js$`]: swc,
  [`/node_modules/${SDK_MODELS}`]: "<rootDir>/test/support/jest/late-models.cjs",
};
const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform,
  transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES}/|${SDK_MODELS})`],
  injectGlobals: true,
  // A build that runs meanwhile comes and goes in the first; the others are projects of their own.
  modulePathIgnorePatterns: ["<rootDir>/.tmp/", "<rootDir>/templates/", "<rootDir>/out/"],
};

/** Unit and property tests run on the sources; end-to-end tests run the built plugin under real Terraform. */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts", "<rootDir>/examples/**/*.test.ts"],
      // Examples have what users have: the built package.
      moduleNameMapper: { "^cdktf-alicloud-image-tasks$": "<rootDir>/dist/index.js" },
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/e2e/", "<rootDir>/test/sweep/", "<rootDir>/test/matrix/"],
    },
    // A seeded sample; `npm run test:sweep` runs all of it.
    { ...common, displayName: "sweep", testMatch: ["<rootDir>/test/sweep/**/*.test.ts"] },
    { ...common, displayName: "e2e", testMatch: ["<rootDir>/test/e2e/**/*.test.ts"] },
    // Other hosts, languages and packages, and what takes minutes: `npm run test:matrix`, which CI runs after `npm test`.
    { ...common, displayName: "matrix", testMatch: ["<rootDir>/test/matrix/**/*.test.ts"] },
  ],
  // Two Terraform runs at a time are what a small CI machine can take.
  maxWorkers: 2,
  // For what hangs. Nothing runs so long, and every wait of the harness gives up before, on a machine with ten busy processes, too.
  testTimeout: 600_000,
};
