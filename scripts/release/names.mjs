/** The names of files that registries require. */
export const BEGINNING = "terraform-provider-imagetask";

/**
 * @param {string} version
 * @param {string} platform
 */
export const archiveName = (version, platform) => `${BEGINNING}_${version}_${platform}.zip`;

/**
 * @param {string} version
 * @param {string} suffix
 */
export const executableName = (version, suffix) => `${BEGINNING}_v${version}${suffix}`;

/** @param {string} version */
export const manifestName = (version) => `${BEGINNING}_${version}_manifest.json`;

/** @param {string} version */
export const sumsName = (version) => `${BEGINNING}_${version}_SHA256SUMS`;
