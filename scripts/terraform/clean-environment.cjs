const { devNull } = require("node:os");

module.exports = { cleanEnvironment };

/**
 * What programs, and the version managers that may stand before them, cannot do without. All else stays behind: nothing of the user's is to
 * configure Terraform, cdktf, the provider or Node, and none of the user's accounts is to be reached.
 */
const PASSED = /^(PATH|HOME|LANG|LC_\w+|TMPDIR|SystemRoot|(ASDF|MISE|TENV|TFENV|TOFUENV|VOLTA|NVM|FNM)_\w+)$/;

/**
 * An environment in which Terraform, OpenTofu, cdktf and the provider do the same on every machine.
 *
 * @param {NodeJS.ProcessEnv} [more] what the run is to have besides; an undefined value takes a variable away
 * @param {NodeJS.ProcessEnv} [from] the user's
 * @returns {NodeJS.ProcessEnv}
 */
function cleanEnvironment(more = {}, from = process.env) {
  return {
    ...Object.fromEntries(Object.entries(from).filter(([name]) => PASSED.test(name))),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    // An empty CLI configuration in place of the user's, which may name mirrors that hide ours.
    TF_CLI_CONFIG_FILE: devNull,
    ...more,
  };
}
