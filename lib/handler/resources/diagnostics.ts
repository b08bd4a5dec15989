import type { Path } from "../../contract/values";
import type { Diagnostic } from "../../plugin/resource";
import { EcsError } from "../errors";

/** Turns an error into a diagnostic: a short title, ECS's own message, advice, and the argument at fault. */
export function toDiagnostic(summary: string, error: unknown, paths: ErrorPaths = {}): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof EcsError)) return { severity: "error", summary, detail: message };
  return { severity: "error", summary, detail: [message, advice(error)].filter(Boolean).join("\n\n"), path: pathOf(error, paths) };
}

export const warning = (summary: string, detail: string): Diagnostic => ({ severity: "warning", summary, detail });

/** The argument that an error code of ECS concerns, by the code's prefix; the first match counts. */
export type ErrorPaths = { readonly [codePrefix: string]: Path };

function pathOf(error: EcsError, paths: ErrorPaths): Path | undefined {
  return Object.entries(paths).find(([prefix]) => error.code.startsWith(prefix))?.[1];
}

function advice(error: EcsError): string {
  switch (error.kind) {
    case "forbidden":
      return `Allow ecs:${error.action} in the RAM policy of these credentials${error.action.includes("Task") ? ' (on Resource "*": tasks cannot be named in a policy)' : ""}.`;
    case "credentials":
      return refusedCredentials(error);
    case "no-credentials-yet":
      return "Run the same command again: the source of the credentials returned none, so ECS was not called.";
    case "settings":
      // The message says what to do.
      return "";
    case "in-use":
      return "Another task uses the image or its name. Run the same command again when that task has ended, or raise this resource's timeouts.create, which limits how long it waits.";
    case "expired":
      return error.code.includes("TimeStamp") || error.code.includes("Timestamp")
        ? "This machine's clock is more than 15 minutes off. Set it, then try again."
        : "The temporary credentials have expired. Renew them, then run the same command again.";
    case "unreachable":
      // The message names the proxy's variables.
      if (error.code === "ProxyUnreachable") return "";
      return error.code === "ENOTFOUND" || error.code === "EAI_AGAIN"
        ? "Check the region's spelling, the endpoints block (ECS_ENDPOINT) and this machine's DNS."
        : "Check the endpoints block (ECS_ENDPOINT), protocol, and this machine's network connection.";
    case "throttled":
      return "The account's quota of calls is used up for now. Try again in a minute.";
    case "unavailable":
    case "busy":
      return "Run the same command again: it finds what may have been started and continues with it.";
    default:
      return CODE_ADVICE.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? "";
  }
}

function refusedCredentials({ action, code }: EcsError): string {
  // The message names the file, variable or argument.
  if (code === "NoCredentials") return "";
  if (action === "AssumeRole" && /^(NoPermission|EntityNotExist)/.test(code))
    return "Check assume_role (or ALICLOUD_ASSUME_ROLE_ARN, ALIBABA_CLOUD_ROLE_ARN): whether the role exists, whether its trust policy allows these credentials to assume it, and whether they have the right to sts:AssumeRole.";
  if (action === "AssumeRoleWithOIDC")
    return "Check assume_role_with_oidc, the role's trust policy, and whether the OIDC token is still valid.";
  return "Check access_key and secret_key (or the profile, role or environment that they come from).";
}

const CODE_ADVICE: readonly (readonly [string, string])[] = [
  [
    "InvalidRegionId",
    "Check the region's spelling, e.g. cn-hangzhou. A custom endpoint has to serve the region: {region} in it stands for the region that is called.",
  ],
  [
    "NoSetRoletoECSService",
    "ECS needs a RAM role to reach the bucket: create AliyunECSImageImportDefaultRole or AliyunECSImageExportDefaultRole (the ImageTaskRoles construct does), or set role_name.",
  ],
  ["InvalidOSS.NotAuthorized", "The RAM role that ECS assumes has no access to the bucket: check role_name and the role's policy."],
  ["InvalidOSSBucket.NotFound", "The bucket has to be in the same region."],
  ["InvalidOSSObject.NeedRestore", "The object is archived: restore it in OSS first."],
  ["QuotaExceed.Image", "Delete images that are no longer needed, or raise the quota in the Quota Center."],
  ["ImageUsingByInstance", "Instances still use the image. Release them, or set retain_on_destroy."],
  ["ImageUseShared", "The image is shared. Stop sharing it first, or set retain_on_destroy."],
  ["ImageIsPublic", "The image is public. Make it private first, or set retain_on_destroy."],
  ["IncorrectImageStatus", "The image has to be Available: use the completion's image_id, which waits for that."],
  ["InvalidImageId.NotFound", "Check the image's id and its region."],
];
