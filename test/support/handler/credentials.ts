import type { Connection, CredentialSource } from "../../../lib/handler/ecs/connection";
import { createCredential } from "../../../lib/handler/ecs/credentials";
import type { Redactor } from "../../../lib/handler/ecs/redact";
import { agentFor } from "../../../lib/handler/ecs/proxy";

/** The credential of a connection with this source. Its secrets are added to the redactor. */
export const credentialFrom = (redactor: Redactor, credentials: CredentialSource, over: Partial<Connection> = {}) =>
  createCredential(
    { protocol: "HTTPS", credentials, ...over },
    { redactor, agentFor: (url) => agentFor(url, {}), called: (endpoint) => ({ endpoint }), answered: () => undefined },
  );
