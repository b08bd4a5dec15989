/** A destroy's calls for the snapshots of so many images: each is marked before its image goes, all are looked at together, each is deleted. */
const snapshots = (images: number) => ({ TagResources: images, DescribeSnapshots: 1, DeleteSnapshot: images }) as const;

/**
 * What may not grow unseen. None of it is a time: every value is the same on every machine. Bytes have a tenth to spare, counts nothing: a
 * change that needs more raises the ceiling here, in the same commit, and says what is gained for it. One that needs less lowers it.
 */
export const CEILINGS = {
  /**
   * Calls of a stack of 1, 10 and 100, by command and action: all are started at once, their tasks run 40 to 60 s; then a refresh and a
   * destroy that find them done. `longImport`: an apply whose tasks run 15 to 30 minutes.
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
    /** An apply under Terraform that finds an import done. */
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
    /** The files that Terraform finds; each start reads the first three, the SDK's is read at the first call to ECS. */
    plugin: {
      // A shell script that keeps the user's environment out and tells why node does not start; in main.js is what it starts.
      "terraform-provider-imagetask": 3_300,
      "main.js": 11_700,
      // What the licences of the bundled packages ask for.
      "THIRD-PARTY-NOTICES.txt": 56_000,
      "provider.js": 428_000,
      "ecs.js": 464_000,
      "package.json": 22,
    },
    /** What `npm pack` makes, in bytes and files. */
    npm: {
      packed: 650_000,
      unpacked: 2_376_000,
      files: 547,
    },
    /** What synth adds: once a stack (linked for each platform), and for each construct without blanks. */
    synth: {
      provider: 1_000_000,
      lockFile: 346,
      construct: 499,
    },
  },
} as const;
