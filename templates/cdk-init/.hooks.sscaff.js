// Runs after `{{cdk}} init` has written the files. IMAGETASK_PACKAGE names a packed {{package}} to use instead of the published one.
const { execSync } = require("node:child_process");
const { copyFileSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { basename } = require("node:path");

exports.post = () => {
  const file = process.env.IMAGETASK_PACKAGE;
  if (file) {
    mkdirSync("vendor", { recursive: true });
    copyFileSync(file, `vendor/${basename(file)}`);
    const text = readFileSync("{{dependencyFile}}", "utf8");
    const [published, vendored] = [{{publishedLine}}, {{vendoredLine}}];
    writeFileSync("{{dependencyFile}}", text.replace(published, vendored.replace("FILE", basename(file))));
  }
  // The command line sets NODE_ENV to production, and npm would then omit the development dependencies.
  execSync("npm install --no-audit --no-fund", { stdio: "inherit", env: { ...process.env, NODE_ENV: "development" } });
};
