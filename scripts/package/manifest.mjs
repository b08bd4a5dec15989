import { inFlavour } from "./flavours.mjs";

/** docs/releasing.md lists the names to claim there. */
const HOME = "github.com/alicloud-image-tasks";

/** Undefined, so that JSON omits them. */
const NOT_SHIPPED = { scripts: undefined, devDependencies: undefined, allowScripts: undefined };

/**
 * Returns the package.json of a flavour: the project's own, without what only the project needs, and with what jsii needs.
 *
 * @param {{ readonly [name: string]: any }} own
 * @param {import("./flavours.mjs").Flavour} flavour
 */
export function manifest(own, flavour) {
  const name = `${flavour.name}-alicloud-image-tasks`;
  return {
    ...own,
    ...NOT_SHIPPED,
    name,
    description: inFlavour(own.description, flavour),
    exports: { ...own.exports, "./.jsii": "./.jsii" },
    files: [...own.files, ".jsii"],
    author: own.author ?? { name: `The authors of ${name}`, organization: true },
    peerDependencies: flavour.peerDependencies,
    jsii: {
      outdir: "out",
      tsconfig: "tsconfig.json",
      validateTsconfig: "minimal",
      versionFormat: "short",
      targets: targets(flavour),
    },
  };
}

/** @param {import("./flavours.mjs").Flavour} flavour */
function targets({ name }) {
  const Name = `${name[0].toUpperCase()}${name.slice(1)}`;
  return {
    python: { distName: `${name}-alicloud-image-tasks`, module: `${name}_alicloud_image_tasks` },
    go: { moduleName: `${HOME}/${name}-alicloud-image-tasks-go`, packageName: `${name}alicloudimagetasks` },
    java: { package: `imagetask.${name}`, maven: { groupId: "imagetask", artifactId: `${name}-alicloud-image-tasks` } },
    dotnet: { namespace: `Imagetask.${Name}`, packageId: `Imagetask.${Name}` },
  };
}

/** The same settings as in tsconfig.build.json. jsii's own would target an older JavaScript, and write source maps into the code. */
export function tsconfig() {
  return {
    compilerOptions: {
      target: "ES2022",
      lib: ["ES2022"],
      module: "CommonJS",
      moduleResolution: "Node10",
      esModuleInterop: true,
      strict: true,
      noImplicitOverride: true,
      skipLibCheck: true,
      types: ["node"],
      declaration: true,
      rootDir: "lib",
      outDir: "dist",
    },
    include: ["lib"],
  };
}
