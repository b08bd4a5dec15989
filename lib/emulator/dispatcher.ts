import type { ActionEntry, Call } from "./actions/action";
import type { Behaviour } from "./switches/behaviour";
import type { CallLog, CallOutcome } from "./calls/call-log";
import { loggedParams, shortened } from "./calls/logged-params";
import type { EmulatorClock } from "./values/clock";
import { ApiError, internalError, missingParameter } from "./protocol/api-error";
import { type FaultRule, type Faults, faultReply } from "./calls/faults";
import { type Format, type Reply, type ResponseBody, errorReply, formatOf, successReply } from "./protocol/reply";
import { type ApiRequest, allParameters, businessParameters } from "./protocol/request";
import { type AuthenticationServices, authenticate } from "./identity/authenticate";
import type { Principal } from "./identity/principal";
import { newRequestId } from "./state/ids";
import type { Lifecycle } from "./state/lifecycle";
import { Params } from "./protocol/params";
import { authorize } from "./identity/ram";
import { ramRequest } from "./actions/ram-request";
import type { Region } from "./state/regions";
import { type Throttle, ThrottledError } from "./calls/throttle";

export interface DispatcherServices {
  readonly actions: { readonly [name: string]: ActionEntry };
  readonly authentication: AuthenticationServices;
  readonly behaviour: Behaviour;
  readonly calls: CallLog;
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  readonly lifecycle: Lifecycle;
  readonly regions: ReadonlyMap<string, Region>;
  readonly throttle: Throttle;
  /** Saves what a call changed, before the emulator answers it. */
  readonly persist: () => void;
}

/** Answers API calls. Checks name, signature, fault rules, call limits, region and permission in this order, then runs the action. */
export class Dispatcher {
  constructor(private readonly services: DispatcherServices) {}

  /** @param refused the error to answer, if the request is not admitted */
  async handle(request: ApiRequest, refused?: ApiError): Promise<Reply> {
    const all = allParameters(request);
    const context: Context = {
      request,
      all,
      action: all["Action"] ?? request.headers["x-acs-action"] ?? "",
      format: formatOf(request, all),
      host: request.headers["host"] ?? "",
      requestId: newRequestId(),
      at: this.services.clock.now(),
      params: new Params(businessParameters(all)),
    };
    let principal: Principal | undefined;
    try {
      if (refused) throw refused;
      const entry = this.entryOf(context);
      principal = entry.anonymous ? undefined : authenticate(this.services.authentication, request, all);
      return await this.carryOut(context, entry, principal);
    } catch (error) {
      const { reply, code } = this.refusal(context, error);
      this.log(context, principal, { status: reply.kind === "answer" ? reply.status : 0, code, effect: false });
      return reply;
    }
  }

  private async carryOut(context: Context, entry: ActionEntry, principal: Principal | undefined): Promise<Reply> {
    const { behaviour, faults } = this.services;
    const region = context.params.text("RegionId") ?? "";
    const fault = faults.take({ action: context.action, region, params: context.params.raw });
    const early = fault && !fault.after ? faultReply(fault, context.format, context.host, context.requestId) : undefined;
    if (early) {
      await pause(fault!.delay);
      this.log(context, principal, faultOutcome(fault!, early, false));
      return early;
    }
    const { reply, code, effect } = this.run(context, entry, principal);
    const late = fault?.after ? faultReply(fault, context.format, context.host, context.requestId) : undefined;
    if (late) this.log(context, principal, faultOutcome(fault!, late, effect));
    else this.log(context, principal, { status: reply.kind === "answer" ? reply.status : 0, code, effect });
    await pause((fault?.delay ?? 0) + behaviour.request.latency);
    return late ?? reply;
  }

  /** Checks call limits, region and permission, and runs the action. Nothing in here waits, so calls never interleave. */
  private run(context: Context, entry: ActionEntry, principal: Principal | undefined): CallResult {
    let result: CallResult;
    try {
      result = { reply: this.act(context, entry, principal ?? ANONYMOUS), effect: true };
    } catch (error) {
      result = { ...this.refusal(context, error), effect: false };
    }
    try {
      this.services.persist();
      return result;
    } catch (error) {
      // A client must not rely on what is not on disk. After this error, it repeats the call with the same token.
      return { ...this.refusal(context, error), effect: result.effect };
    }
  }

  private act(context: Context, entry: ActionEntry, caller: Principal): Reply {
    const { behaviour, clock, lifecycle, throttle } = this.services;
    const now = clock.now();
    lifecycle.catchUp(now);
    throttle.check(caller.account, context.params.text("RegionId") ?? "", context.action, now);
    const call: Call = { params: context.params, caller, region: this.regionOf(context, entry), now };
    if (entry.permission) authorize(caller, ramRequest(entry.permission, call, behaviour), behaviour.ram.absentKeyDiffers);
    const body: ResponseBody = entry.run(call);
    lifecycle.catchUp(now);
    return successReply(context.format, context.action, body, context.requestId);
  }

  private entryOf({ all, action, request }: Context): ActionEntry {
    if (request.method !== "GET" && request.method !== "POST") {
      throw new ApiError(400, "UnsupportedHTTPMethod", `This http method is not supported: ${request.method}. Allowed: GET, POST.`);
    }
    if (action === "") throw missingParameter("Action");
    const entry = Object.hasOwn(this.services.actions, action) ? this.services.actions[action] : undefined;
    if (!entry) {
      // Real ECS has many more actions. The list shows whether the emulator lacks the action or the name is misspelt.
      const served = Object.keys(this.services.actions).join(", ");
      throw new ApiError(
        404,
        "InvalidAction.NotFound",
        `Specified api is not found, please check your url and method: "${action}". The emulator serves: ${served}.`,
      );
    }
    const version = all["Version"] ?? request.headers["x-acs-version"];
    if (version !== entry.version)
      throw new ApiError(
        400,
        "InvalidVersion",
        `Specified parameter Version is not valid: "${version ?? ""}". Allowed for ${action}: ${entry.version}.`,
      );
    return entry;
  }

  private regionOf({ params }: Context, entry: ActionEntry): Region {
    const { regions } = this.services;
    if (entry.region === "none") return regions.values().next().value!;
    const id = params.text("RegionId");
    const status = entry.missingRegionStatus ?? 400;
    if (id === undefined) throw missingParameter("RegionId", status);
    const region = regions.get(id);
    if (!region)
      throw new ApiError(status, entry.unknownRegionCode ?? "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
    return region;
  }

  private refusal(context: Context, error: unknown): { reply: Reply; code: string } {
    const refused = error instanceof ApiError ? error : internalError(error);
    const headers: { [name: string]: string } =
      refused instanceof ThrottledError && refused.retryAfter !== undefined ? { "x-acs-retry-after": String(refused.retryAfter) } : {};
    return { reply: errorReply(context.format, refused, context.host, context.requestId, headers), code: refused.code };
  }

  private log(context: Context, principal: Principal | undefined, outcome: CallOutcome): void {
    this.services.calls.add({
      at: context.at,
      action: shortened(context.action),
      region: shortened(context.params.text("RegionId") ?? ""),
      params: loggedParams(context.params.raw),
      outcome,
      requestId: context.requestId,
      ...(principal && { account: principal.account, accessKeyId: principal.accessKeyId }),
      signature: context.request.headers["authorization"]?.startsWith("ACS3-") ? "ACS3" : "RPC",
    });
  }
}

interface CallResult {
  readonly reply: Reply;
  readonly code?: string;
  /** Whether the call took effect, even if no answer was sent. */
  readonly effect: boolean;
}

interface Context {
  readonly request: ApiRequest;
  readonly all: { readonly [name: string]: string };
  readonly action: string;
  readonly format: Format;
  readonly host: string;
  readonly requestId: string;
  readonly at: number;
  readonly params: Params;
}

const ANONYMOUS: Principal = { accessKeyId: "", account: "", type: "Account", arn: "", name: "", principalId: "", policies: [] };

function faultOutcome(rule: FaultRule, reply: Reply, effect: boolean): CallOutcome {
  if (reply.kind !== "answer") return { status: 0, fault: reply.kind, effect };
  return { status: reply.status, ...(rule.error && { code: rule.error.code }), fault: "answer", effect };
}

/** Waits in real time, not by the emulator's clock, because it emulates a delay of the network. */
function pause(ms: number | undefined): Promise<void> | undefined {
  // Unref'd, so that a pending answer does not keep a stopped emulator's process alive.
  return ms ? new Promise((resolve) => setTimeout(resolve, ms).unref()) : undefined;
}
