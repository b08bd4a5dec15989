const { devNull } = require("node:os");

module.exports = { cleanEnvironment };

/**
 * The variables that programs, and version managers that start them, need. All others are dropped: the user's settings must not
 * configure Terraform, cdktf, the provider or Node.js, and no command may reach the user's accounts.
 */
const PASSED = /^(PATH|HOME|LANG|LC_\w+|TMPDIR|SystemRoot|(ASDF|MISE|TENV|TFENV|TOFUENV|VOLTA|NVM|FNM)_\w+)$/;

/**
 * Returns an environment in which Terraform, OpenTofu, cdktf and the provider behave the same on every machine.
 *
 * @param {NodeJS.ProcessEnv} [more] additional variables; an undefined value removes a variable
 * @param {NodeJS.ProcessEnv} [from] the user's
 * @returns {NodeJS.ProcessEnv}
 */
function cleanEnvironment(more = {}, from = process.env) {
  return {
    ...Object.fromEntries(Object.entries(from).filter(([name]) => PASSED.test(name))),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    // An empty CLI configuration instead of the user's, which may name mirrors that hide ours.
    TF_CLI_CONFIG_FILE: devNull,
    ...more,
  };
}
