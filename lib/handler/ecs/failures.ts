import type { EcsErrorKind } from "../errors";

/** The environment names a proxy that the provider cannot use. */
export const INVALID_PROXY = "InvalidProxy";

/** The host that was called, and what this process knows about it. */
export interface Called extends Pick<Failure, "endpoint" | "proxy" | "speaksTls" | "proven"> {
  /** This process has had credentials before: their source is configured correctly and may be unavailable for a while. */
  readonly hadCredentials?: boolean;
}

/** A call that got no answer from ECS (or STS) itself. */
export interface Failure {
  /** Node's or OpenSSL's code, or empty. */
  readonly code: string;
  /** The name of the error that was thrown, e.g. `TypeError`. */
  readonly name: string;
  readonly message: string;
  /** False: nothing of the request was sent; true: it may have been sent; absent: not known. */
  readonly sent?: boolean;
  /** The answer's status, if there was an answer. */
  readonly status?: number;
  /** A success without any field of the action's answer, not even a RequestId. */
  readonly isEmpty?: boolean;
  /** Whether the call is a read, which changes nothing. */
  readonly isRead?: boolean;
  readonly contentType?: string;
  /** `host:port`, and the service that should answer there. */
  readonly endpoint: string;
  readonly service: "ECS" | "STS" | "the metadata service" | "the source of the credentials";
  /** `host:port` of the proxy that the call went through. */
  readonly proxy?: string;
  /** A TLS server answers there, although we sent plain HTTP. */
  readonly speaksTls?: boolean;
  /** The endpoint has answered correctly in this process before: its settings are right, and the failure is temporary. */
  readonly proven?: boolean;
}

export interface Verdict {
  readonly kind: Extract<EcsErrorKind, "settings" | "throttled" | "unavailable" | "unreachable">;
  /** Node's code or, if Node gives none, a name for the cause. */
  readonly code: string;
  readonly message: string;
}

/** Says what became of the call and whether a retry may help. The first row that matches decides. */
export function classifyFailure(failure: Failure): Verdict {
  const row = ROWS.find(({ when }) => when(failure))!;
  const kind = failure.proven && row.proven ? row.proven : row.kind;
  return { kind, code: row.renames ? row.code : failure.code || row.code, message: row.message(failure) };
}

interface Row {
  readonly when: (failure: Failure) => boolean;
  readonly kind: Verdict["kind"];
  /** The kind for a proven endpoint, if it differs. */
  readonly proven?: Verdict["kind"];
  readonly code: string;
  /** The row's code replaces Node's, which the message contains. */
  readonly renames?: boolean;
  readonly message: (failure: Failure) => string;
}

const ROWS: readonly Row[] = [
  {
    when: ({ code, message }) => /^(ERR_OSSL|ERR_CRYPTO)/.test(code) || /digital envelope routines|disabled for fips/i.test(message),
    kind: "settings",
    code: "CryptoRefused",
    message: ({ message }) =>
      `this machine's OpenSSL refuses an algorithm that signing a request needs, so nothing was sent: ${message}. Node.js most likely runs in FIPS mode or with an OpenSSL configuration that disables algorithms: check NODE_OPTIONS (--enable-fips, --force-fips, --openssl-config) and OPENSSL_CONF.`,
  },
  {
    when: ({ code }) => UNSENDABLE.test(code),
    kind: "settings",
    code: "InvalidRequest",
    message: ({ message, endpoint }) =>
      `Node.js refuses to write the request, so nothing was sent to ${endpoint}: ${message}. A setting contains a character that is not allowed, such as a line break: check access_key, security_token, region, endpoints and the proxy's URL.`,
  },
  {
    when: ({ code }) => /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/.test(code),
    kind: "settings",
    proven: "unreachable",
    code: "CertificateTime",
    message: ({ endpoint, message }) =>
      `the certificate of ${endpoint} is not valid at this time (${message}). Check this machine's clock. If it is right, the owner of the endpoint, or of a proxy in front of it, has to renew the certificate.`,
  },
  {
    when: ({ code }) => CERTIFICATE_NAME.test(code),
    kind: "settings",
    proven: "unreachable",
    code: "CertificateName",
    message: ({ endpoint, service, message }) =>
      `the certificate at ${endpoint} belongs to another host (${message}). Check the spelling of ${endpointSetting(service)}, and whether a proxy or a captive portal answers instead.`,
  },
  {
    when: ({ code }) => CERTIFICATE.test(code),
    kind: "settings",
    proven: "unreachable",
    code: "CertificateIssuer",
    message: ({ endpoint, message }) =>
      `the certificate of ${endpoint} comes from an authority that Node.js does not know (${message}). If a private authority or a TLS-inspecting proxy issued it, set NODE_EXTRA_CA_CERTS=/path/to/ca.pem to the authority's certificate in Terraform's environment. Node.js reads neither the system's certificate store nor SSL_CERT_FILE.`,
  },
  {
    when: ({ code, message }) => /^(EPROTO|ERR_SSL_)/.test(code) && PLAIN_ANSWER.test(`${code} ${message}`),
    kind: "settings",
    proven: "unreachable",
    code: "NotTls",
    message: ({ endpoint, service }) =>
      `${endpoint} does not speak HTTPS; most likely it speaks HTTP. If you mean to use HTTP, as with the emulator, set protocol = "HTTP" (ALICLOUD_PROTOCOL=HTTP). Otherwise check ${endpointSetting(service)}.`,
  },
  {
    when: ({ code, message }) => /^(EPROTO|ERR_SSL_)/.test(code) && TLS_DISAGREES.test(`${code} ${message}`),
    kind: "settings",
    proven: "unreachable",
    code: "TlsRefused",
    message: ({ endpoint, service, message }) =>
      `${endpoint} and Node.js have no TLS version or cipher in common (${message}). Check ${endpointSetting(service)}, and the TLS versions and ciphers in NODE_OPTIONS and OPENSSL_CONF.`,
  },
  {
    when: ({ speaksTls }) => speaksTls === true,
    kind: "settings",
    proven: "unavailable",
    code: "NotHttp",
    message: ({ endpoint }) =>
      `${endpoint} speaks HTTPS, but protocol is "HTTP". Set protocol = "HTTPS", and make sure that neither ALICLOUD_PROTOCOL nor an http:// in ECS_ENDPOINT overrides it.`,
  },
  {
    when: ({ service, sent }) => service === "the metadata service" && sent === false,
    kind: "settings",
    proven: "unreachable",
    code: "NoMetadata",
    message: ({ endpoint, message }) =>
      `the metadata service of ECS instances (${endpoint}) cannot be reached: ${message}. It exists only on ECS instances: elsewhere, use other credentials than the instance's RAM role.`,
  },
  {
    when: ({ service, status }) => service === "the metadata service" && status === 404,
    kind: "settings",
    proven: "unavailable",
    code: "NoInstanceRole",
    message: () => "this ECS instance does not have that RAM role. Check ecs_role_name, and attach the role to the instance.",
  },
  {
    // A programming error before anything is sent occurs on every attempt.
    when: ({ sent, name }) => sent === false && /^(Type|Range|Reference|URI)Error$/.test(name),
    kind: "settings",
    code: "CannotCall",
    message: ({ endpoint, name, message }) =>
      `the provider could not make the request to ${endpoint} (${name}: ${message}). Check the provider's settings; if they are right, please report this as a bug.`,
  },
  {
    when: ({ code }) => code === INVALID_PROXY,
    kind: "settings",
    code: INVALID_PROXY,
    message: ({ service, message }) =>
      `${message} in the environment, so ${service} cannot be reached. The provider uses HTTP proxies: write http://HOST:PORT or https://HOST:PORT, with USER:PASSWORD@ before the host if the proxy asks for it, percent-encoded; or add the endpoint to NO_PROXY.`,
  },
  {
    when: ({ sent, proxy }) => sent === false && proxy !== undefined,
    kind: "unreachable",
    code: "ProxyUnreachable",
    renames: true,
    message: ({ endpoint, proxy, message }) =>
      `${endpoint} cannot be reached through the proxy ${proxy}: ${message}. Check HTTPS_PROXY (HTTP_PROXY for protocol "HTTP"), or add the endpoint to NO_PROXY.`,
  },
  {
    // Only a request that never had an open connection is certain not to have been carried out.
    when: ({ sent }) => sent === false,
    kind: "unreachable",
    code: "NoConnection",
    message: ({ endpoint, message }) => `${endpoint} cannot be reached: ${message}`,
  },
  {
    when: ({ status }) => status === 429,
    kind: "throttled",
    code: "TooManyRequests",
    message: ({ endpoint }) => `${endpoint}, or a proxy in front of it, accepts no more requests for now (HTTP 429)`,
  },
  {
    when: ({ status }) => status === 407,
    kind: "settings",
    proven: "unavailable",
    code: "ProxyAuthenticationRequired",
    message: () =>
      `the proxy asks for a user name and a password (HTTP 407). Add them to HTTPS_PROXY (HTTP_PROXY for protocol "HTTP") as http://USER:PASSWORD@HOST:PORT, percent-encoded.`,
  },
  {
    when: ({ status, contentType }) =>
      status !== undefined && status < 500 && status !== 408 && status !== 425 && isForeign(status, contentType),
    kind: "settings",
    // A captive portal, or a proxy that is restarting, answers like this for a while.
    proven: "unavailable",
    code: "NotEcs",
    message: ({ endpoint, proxy, service, status, contentType }) =>
      `the server at ${endpoint}${proxy ? ` (through the proxy ${proxy})` : ""} is not ${service}: it answered HTTP ${status}${contentType ? `, ${contentType.split(";")[0]}` : ""}, with none of ${service}'s fields. Check protocol, ${endpointSetting(service)}, and whether ${proxy ? "the proxy refuses to connect there (HTTPS_PROXY, HTTP_PROXY, NO_PROXY)" : "a proxy or a captive portal answers instead"}.`,
  },
  {
    when: ({ code }) => /^HPE_/.test(code),
    kind: "settings",
    proven: "unavailable",
    code: "NotHttp",
    renames: true,
    message: ({ endpoint, service, message }) =>
      `the server at ${endpoint} does not speak HTTP (${message}). Check ${endpointSetting(service)}: the port may belong to another program.`,
  },
  {
    when: ({ isEmpty, isRead }) => isEmpty === true && isRead === true,
    kind: "settings",
    proven: "unavailable",
    code: "NotEcs",
    message: ({ endpoint, service }) =>
      `the server at ${endpoint} is not ${service}: ${EMPTY}. Check protocol, ${endpointSetting(service)}, and whether a proxy or a captive portal answers instead.`,
  },
  {
    // A call that is not a read may have been carried out all the same.
    when: ({ isEmpty }) => isEmpty === true,
    kind: "unavailable",
    code: "NoUsableAnswer",
    message: () => `${EMPTY}; it may come from a proxy`,
  },
  {
    // The connection was reset, or the answer came late or was cut short: ECS may have carried out the request.
    when: () => true,
    kind: "unavailable",
    code: "NoUsableAnswer",
    message: ({ endpoint, proxy, message }) => `no usable answer from ${endpoint}${proxy ? ` through the proxy ${proxy}` : ""}: ${message}`,
  },
];

const EMPTY = "the answer has neither a RequestId nor any other field of ECS";

/** Node refuses to write a request with these errors. */
const UNSENDABLE =
  /^ERR_(INVALID_CHAR|INVALID_URL|INVALID_URL_SCHEME|UNESCAPED_CHARACTERS|INVALID_ARG_TYPE|INVALID_ARG_VALUE|OUT_OF_RANGE|SOCKET_BAD_PORT|INVALID_PROTOCOL|INVALID_HTTP_TOKEN|HTTP_INVALID_HEADER_VALUE|INVALID_IP_ADDRESS)$/;
const CERTIFICATE_NAME = /^(ERR_TLS_CERT_ALTNAME_(INVALID|FORMAT)|HOSTNAME_MISMATCH)$/;
const CERTIFICATE =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|ERR_TLS_CERT_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|ERROR_IN_CERT_)/;
/** OpenSSL's errors for an answer that is not TLS at all. */
const PLAIN_ANSWER = /wrong.version.number|packet.length.too.long|http.request|unknown.protocol|record.layer.failure/i;
const TLS_DISAGREES =
  /handshake.failure|protocol.version|unsupported.protocol|no.shared.cipher|no.ciphers|insufficient.security|certificate.required|dh.key.too.small|no.protocols|legacy.sigalg|ca.md.too.weak|ee.key.too.small/i;

/** ECS answers in JSON or XML and gives a code when it refuses. Any other answer comes from something else. */
function isForeign(status: number, contentType: string | undefined): boolean {
  return status >= 300 || !/json|xml/i.test(contentType ?? "json");
}

function endpointSetting(service: Failure["service"]): string {
  if (service === "ECS") return "endpoints.ecs (ECS_ENDPOINT) and region";
  return service === "STS" ? "endpoints.sts (STS_ENDPOINT)" : "the source of the credentials";
}
