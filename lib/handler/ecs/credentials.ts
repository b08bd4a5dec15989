import type { Agent } from "node:http";
import Credential from "@alicloud/credentials";
import { messageOf, systemErrorOf } from "../../contract/thrown";
import type { Connection } from "./connection";
import { CredentialsError } from "./credentials-error";
import type { Called } from "./failures";
import type { Redactor } from "./redact";
import { assumeRole, createSource, type Source, type SourceDeps } from "./sources";
import { send, type HttpAnswer } from "./transport";

export interface CredentialDeps {
  readonly redactor: Redactor;
  readonly agentFor: (url: URL) => Promise<Agent>;
  /** What this process knows about the host that is called. */
  readonly called: (host: string) => Called;
  /** Called when the host has returned credentials. */
  readonly answered: (host: string) => void;
}

/**
 * Builds the SDK's credential object for a connection. Temporary credentials renew themselves. Errors are `CredentialsError`s
 * without secrets: the SDK's own errors would quote a profile file in full.
 */
export async function createCredential(connection: Connection, deps: CredentialDeps): Promise<Credential> {
  const { redactor } = deps;
  const { protocol, stsEndpoint } = connection;
  const own: SourceDeps = { protocol, stsEndpoint, send: sending(deps) };
  const source = await explained(async () => {
    const base = await createSource(connection.credentials, own);
    return connection.assumeRole ? assumeRole(base, connection.assumeRole, own) : base;
  });
  return new Credential(null, guarded(source, redactor));
}

/** Makes one request for credentials at a time: the SDK's providers cannot handle two, and a second one would return nothing new. */
function guarded(source: Source, redactor: Redactor): Source {
  const ask = () =>
    explained(async () => {
      const credentials = await source.getCredentials();
      redactor.add(credentials.accessKeySecret);
      redactor.add(credentials.securityToken);
      return credentials;
    });
  let underWay: ReturnType<typeof ask> | null = null;
  return {
    getProviderName: () => source.getProviderName(),
    getCredentials: () => (underWay ??= ask().finally(() => (underWay = null))),
  };
}

function sending({ agentFor, called, answered }: CredentialDeps): SourceDeps["send"] {
  return async (action, request, deadline) => {
    const { host } = request.url;
    const failed = (failure: unknown): CredentialsError =>
      new CredentialsError(withoutContent(failure), { source: action, failure, called: called(host) });
    const answer = await send(request, { agent: await agentFor(request.url), deadline }).catch((error: unknown) => {
      throw failed(error);
    });
    if (answer.status !== 200) {
      const { status, headers } = answer;
      throw (
        refusalOf(action, answer) ??
        failed(Object.assign(new Error(`HTTP ${status}`), { statusCode: status, contentType: headers["content-type"] }))
      );
    }
    answered(host);
    return answer;
  };
}

/** The refusal that the source itself returned, in the format of Alibaba Cloud's services; null for any other answer. */
function refusalOf(source: string, { status, headers, body }: HttpAnswer): CredentialsError | null {
  try {
    const { Code, Message, RequestId }: { readonly [field: string]: unknown } = JSON.parse(body);
    if (typeof Code !== "string" || Code === "") return null;
    const requestId = typeof RequestId === "string" ? RequestId : undefined;
    const retryAfter = Number(headers["x-acs-retry-after"]) || undefined;
    return new CredentialsError(typeof Message === "string" ? Message : "no message", {
      source,
      refusal: { status, code: Code, requestId, retryAfter },
    });
  } catch {
    return null;
  }
}

/** An error of the SDK's own checks is final. An error of the crypto library is classified by its code, as in calls to ECS. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CredentialsError) throw error;
    const { code, path } = systemErrorOf(error);
    if (path) throw new CredentialsError(`${path} cannot be read (${code}). Check the path and the file's permissions.`);
    if (code) throw new CredentialsError(withoutContent(error), { failure: error, called: { endpoint: "the source of the credentials" } });
    throw new CredentialsError(
      `The credentials cannot be used: ${withoutContent(error)}. Check the profile, the file or the environment variables that they come from.`,
    );
  }
}

/** Anything after a line break or a brace may be the content of a file or an answer. */
const withoutContent = (error: unknown): string => messageOf(error).split(/[\n{]/)[0].trim().replace(/[.:]$/, "");
