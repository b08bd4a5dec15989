/**
 * The checks, in the order in which every client makes them. `full`: the check starts tasks or may change something, so it runs against real
 * ECS only with --full.
 */
export const CHECKS = [
  { name: "describe-regions" },
  { name: "describe-images" },
  { name: "image-id-list" },
  { name: "describe-tasks-paging" },
  { name: "unknown-task" },
  { name: "unknown-image" },
  { name: "unknown-region" },
  { name: "missing-parameter" },
  { name: "dry-run" },
  { name: "wrong-signature" },
  { name: "unknown-key" },
  { name: "import-dry-run", full: true },
  { name: "import-errors", full: true },
  { name: "cancel-unknown-task", full: true },
  { name: "delete-unknown-image", full: true },
  { name: "import-cancel", full: true },
  { name: "cancel-ended-task", full: true },
  { name: "import-token-replay", full: true },
  { name: "export-cancel", full: true },
  { name: "copy-cancel", full: true },
  { name: "cleanup", full: true },
];
