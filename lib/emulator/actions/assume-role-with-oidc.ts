import { ApiError } from "../protocol/api-error";
import type { Action } from "./action";
import { sessionBody } from "./assume-role";
import { type SessionServices, openSession } from "./role-session";

export const assumeRoleWithOidc =
  (services: SessionServices): Action =>
  ({ params }) => {
    const provider = params.required("OIDCProviderArn");
    const claims = readToken(params.required("OIDCToken"), services.wallClock());
    const session = openSession(services, params);
    return {
      OIDCTokenInfo: { Subject: claims.sub ?? "", Issuer: claims.iss ?? "", ClientIds: claims.aud ?? "" },
      SourceIdentity: provider,
      ...sessionBody(session),
    };
  };

interface Claims {
  readonly sub?: string;
  readonly iss?: string;
  readonly aud?: string;
  readonly exp?: number;
}

/** Returns the token's claims. Does not check its signature, because the emulator can't ask an identity provider for keys. */
function readToken(token: string, now: number): Claims {
  const claims = decode(token.split(".")[1] ?? "");
  if (!claims) throw new ApiError(400, "AuthenticationFail.OIDCToken.Invalid", "This JWT Token is invalid.");
  if (claims.exp !== undefined && claims.exp * 1_000 <= now)
    throw new ApiError(400, "AuthenticationFail.OIDCToken.Expired", "This JWT Token has expired.");
  return claims;
}

function decode(part: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}
