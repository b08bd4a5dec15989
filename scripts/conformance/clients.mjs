import { prepareGo } from "./prepare-go.mjs";
import { preparePython } from "./prepare-python.mjs";

/** The suite that needs only Node.js. */
export const JAVASCRIPT = [process.execPath, "test/conformance/javascript/main.mjs"];

/**
 * The clients, by their names for --client. `prepare` returns the command that runs the suite, or says why there is none.
 *
 * @type {{ readonly [name: string]: { title: string, prepare: (root: string) => import("./types.js").Prepared } }}
 */
export const CLIENTS = {
  js: {
    title: "@alicloud/ecs20140526 (JavaScript, V3)",
    prepare: () => ({ command: JAVASCRIPT }),
  },
  "python-v1": { title: "aliyun-python-sdk-ecs (Python, RPC v1)", prepare: (root) => preparePython(root, "v1") },
  "python-v3": { title: "alibabacloud-ecs20140526 (Python, V3)", prepare: (root) => preparePython(root, "v3") },
  "go-v1": { title: "aliyun/alibaba-cloud-sdk-go (Go, RPC v1)", prepare: (root) => prepareGo(root, "v1") },
  "go-v3": { title: "alibabacloud-go/ecs-20140526 (Go, V3)", prepare: (root) => prepareGo(root, "v3") },
};
