/** A destroy's calls for the snapshots of this number of images: a mark for each image, one read of all, and a deletion of each. */
const snapshots = (images: number) => ({ TagResources: images, DescribeSnapshots: 1, DeleteSnapshot: images }) as const;

/**
 * Values that must not grow unnoticed. None is a time, so that every value is the same on every machine. Bytes have a tenth to spare, counts
 * nothing. A change that needs more raises the ceiling here in the same commit, and says what is gained for it. One that needs less lowers it.
 */
export const CEILINGS = {
  /**
   * Calls of a stack of 1, 10 and 100 operations, by command and action: an apply that starts all at once, with tasks of 40 to 60 s, then a
   * refresh and a destroy after they have finished. `longImport`: an apply with tasks of 15 to 30 minutes.
   */
  calls: {
    import: {
      "1": {
        apply: { DescribeImages: 3, ImportImage: 1, DescribeTaskAttribute: 9 },
        refresh: { DescribeTaskAttribute: 1, DescribeImages: 1 },
        destroy: { DescribeTaskAttribute: 1, DescribeImages: 4, DeleteImage: 1, ...snapshots(1) },
      },
      "10": {
        apply: { DescribeImages: 16, ImportImage: 10, DescribeTasks: 1 },
        refresh: { DescribeTasks: 1, DescribeImages: 1 },
        destroy: { DescribeTasks: 1, DescribeImages: 5, DeleteImage: 10, ...snapshots(10) },
      },
      "100": {
        apply: { DescribeImages: 17, ImportImage: 100, DescribeTasks: 1 },
        refresh: { DescribeTasks: 1, DescribeImages: 1 },
        destroy: { DescribeTasks: 1, DescribeImages: 5, DeleteImage: 100, ...snapshots(100) },
      },
    },
    export: {
      "1": {
        apply: { DescribeTasks: 1, ExportImage: 1, DescribeTaskAttribute: 10 },
        refresh: { DescribeTaskAttribute: 1 },
        destroy: { DescribeTaskAttribute: 1 },
      },
      "10": {
        apply: { DescribeTasks: 23, ExportImage: 10, DescribeTaskAttribute: 10 },
        refresh: { DescribeTasks: 1 },
        destroy: { DescribeTasks: 1 },
      },
      "100": {
        apply: { DescribeTasks: 24, ExportImage: 100, DescribeTaskAttribute: 100 },
        refresh: { DescribeTasks: 1 },
        destroy: { DescribeTasks: 1 },
      },
    },
    copy: {
      "1": {
        apply: { DescribeImages: 10, CopyImage: 1 },
        refresh: { DescribeImages: 1 },
        destroy: { DescribeImages: 4, DeleteImage: 1, ...snapshots(1) },
      },
      "10": {
        apply: { DescribeImages: 16, CopyImage: 10 },
        refresh: { DescribeImages: 1 },
        destroy: { DescribeImages: 5, DeleteImage: 10, ...snapshots(10) },
      },
      "100": {
        apply: { DescribeImages: 17, CopyImage: 100 },
        refresh: { DescribeImages: 1 },
        destroy: { DescribeImages: 5, DeleteImage: 100, ...snapshots(100) },
      },
    },
    /** An apply under Terraform after the import has finished. */
    nothingToDo: { DescribeTaskAttribute: 1, DescribeImages: 1 },
    longImport: {
      "1": { DescribeImages: 4, ImportImage: 1, DescribeTaskAttribute: 144 },
      "10": { DescribeImages: 179, ImportImage: 10, DescribeTasks: 101, DescribeTaskAttribute: 21 },
      "100": { DescribeImages: 285, ImportImage: 100, DescribeTasks: 155, DescribeTaskAttribute: 6 },
    },
  },
  /** Plugin processes that Terraform 1.11 starts for a configuration with one import and its completion. */
  pluginStarts: { apply: 4, applyAgain: 4, plan: 3, destroy: 5 },
  bytes: {
    /** The files of the provider. Each start reads the shell script and main.js, and provider.js after the handshake; ecs.js is read at the first call to ECS. */
    plugin: {
      // A shell script that keeps the user's environment out and says why node does not start. It starts main.js.
      "terraform-provider-imagetask": 3_300,
      // Answers the handshake while provider.js is not yet loaded, and every call with the reason if it cannot be loaded.
      "main.js": 30_500,
      // The licences of the bundled packages require it.
      "THIRD-PARTY-NOTICES.txt": 56_000,
      "provider.js": 412_000,
      "ecs.js": 464_000,
      "package.json": 22,
    },
    /** The package of `npm pack`, in bytes and files. */
    npm: {
      packed: 650_000,
      unpacked: 2_640_000,
      files: 564,
    },
    /** Bytes that synth adds: to a stack (the files are linked for each platform), and for each construct, without whitespace. */
    synth: {
      provider: 1_000_000,
      lockFile: 346,
      construct: 499,
    },
  },
} as const;
