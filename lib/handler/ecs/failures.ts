import type { EcsErrorKind } from "../errors";

/** Whom was called, and what is known of it beside what was thrown. */
export interface Called extends Pick<Failure, "endpoint" | "proxy" | "speaksTls" | "proven"> {
  /** In this process there have been credentials already: their source is right, and may be out of order for a while. */
  readonly hadCredentials?: boolean;
}

/** A call that ended without an answer of ECS's (or STS's) own. */
export interface Failure {
  /** Node's or OpenSSL's code, or empty. */
  readonly code: string;
  /** What was thrown, e.g. `TypeError`. */
  readonly name: string;
  readonly message: string;
  /** False: nothing of the request has left; true: it may have; absent: not known. */
  readonly sent?: boolean;
  /** Of the answer, where there was one. */
  readonly status?: number;
  readonly contentType?: string;
  /** `host:port`, and who should answer there. */
  readonly endpoint: string;
  readonly service: "ECS" | "STS" | "the metadata service" | "the source of the credentials";
  /** `host:port` of the proxy on the way there. */
  readonly proxy?: string;
  /** A TLS server answers there, although HTTP was spoken to it. */
  readonly speaksTls?: boolean;
  /** In this process the endpoint has answered as it should before: so its settings are right, and what is wrong will pass. */
  readonly proven?: boolean;
}

export interface Verdict {
  readonly kind: Extract<EcsErrorKind, "settings" | "throttled" | "unavailable" | "unreachable">;
  /** Stands for the cause where Node gives no code. */
  readonly code: string;
  readonly message: string;
}

/** What became of the call, and whether the same call may do next time. The first row that fits decides. */
export function judge(failure: Failure): Verdict {
  const row = ROWS.find(({ when }) => when(failure))!;
  const kind = failure.proven && row.proven ? row.proven : row.kind;
  return { kind, code: failure.code || row.code, message: row.says(failure) };
}

interface Row {
  readonly when: (failure: Failure) => boolean;
  readonly kind: Verdict["kind"];
  /** The kind where the endpoint is proven, if it is another one then. */
  readonly proven?: Verdict["kind"];
  readonly code: string;
  readonly says: (failure: Failure) => string;
}

const ROWS: readonly Row[] = [
  {
    when: ({ code, message }) => /^(ERR_OSSL|ERR_CRYPTO)/.test(code) || /digital envelope routines|disabled for fips/i.test(message),
    kind: "settings",
    code: "CryptoRefused",
    says: ({ message }) =>
      `this machine's OpenSSL refuses what signing a request needs, so nothing was sent: ${message}. Node.js most likely runs in FIPS mode, or with an OpenSSL configuration that switches algorithms off: check NODE_OPTIONS (--enable-fips, --force-fips, --openssl-config) and OPENSSL_CONF.`,
  },
  {
    when: ({ code }) => UNSENDABLE.test(code),
    kind: "settings",
    code: "InvalidRequest",
    says: ({ message, endpoint }) =>
      `the request cannot be written, so nothing was sent to ${endpoint}: ${message}. A setting holds a character that may not stand there, such as a line end: check access_key, security_token, region, endpoints and the proxy's address.`,
  },
  {
    when: ({ code }) => /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/.test(code),
    kind: "settings",
    proven: "unreachable",
    code: "CertificateTime",
    says: ({ endpoint, message }) =>
      `the certificate of ${endpoint} is not valid at this time (${message}). Check this machine's clock; else whoever runs the endpoint, or a proxy before it, has to renew the certificate.`,
  },
  {
    when: ({ code }) => CERTIFICATE_NAME.test(code),
    kind: "settings",
    proven: "unreachable",
    code: "CertificateName",
    says: ({ endpoint, service, message }) =>
      `the certificate at ${endpoint} belongs to another host (${message}). Check the spelling of ${endpointSetting(service)}; a proxy or a captive portal may also answer in its place.`,
  },
  {
    when: ({ code }) => CERTIFICATE.test(code),
    kind: "settings",
    proven: "unreachable",
    code: "CertificateIssuer",
    says: ({ endpoint, message }) =>
      `the certificate of ${endpoint} comes from an authority that Node.js does not know (${message}). Where a private authority or a TLS-inspecting proxy issues it, name its certificate in NODE_EXTRA_CA_CERTS=/path/to/ca.pem in the environment of Terraform; Node.js does not read the system's store or SSL_CERT_FILE.`,
  },
  {
    when: ({ code, message }) => /^(EPROTO|ERR_SSL_)/.test(code) && PLAIN_ANSWER.test(`${code} ${message}`),
    kind: "settings",
    proven: "unreachable",
    code: "NotTls",
    says: ({ endpoint, service }) =>
      `${endpoint} does not speak HTTPS; most likely it speaks HTTP. Set protocol = "HTTP" (ALICLOUD_PROTOCOL=HTTP) where that is meant, as for the emulator; else check ${endpointSetting(service)}.`,
  },
  {
    when: ({ code, message }) => /^(EPROTO|ERR_SSL_)/.test(code) && TLS_DISAGREES.test(`${code} ${message}`),
    kind: "settings",
    proven: "unreachable",
    code: "TlsRefused",
    says: ({ endpoint, service, message }) =>
      `${endpoint} and Node.js agree on no way to speak TLS (${message}). Check ${endpointSetting(service)}, and what NODE_OPTIONS or OPENSSL_CONF say of TLS versions and ciphers.`,
  },
  {
    when: ({ speaksTls }) => speaksTls === true,
    kind: "settings",
    proven: "unavailable",
    code: "NotHttp",
    says: ({ endpoint }) =>
      `${endpoint} speaks HTTPS, but protocol is "HTTP". Set protocol = "HTTPS", and see that neither ALICLOUD_PROTOCOL nor an http:// in ECS_ENDPOINT says otherwise.`,
  },
  {
    when: ({ service, sent }) => service === "the metadata service" && sent === false,
    kind: "settings",
    proven: "unreachable",
    code: "NoMetadata",
    says: ({ endpoint, message }) =>
      `the metadata service of ECS instances (${endpoint}) cannot be reached: ${message}. It is there on an ECS instance only: elsewhere, give the credentials in another way than by the instance's RAM role.`,
  },
  {
    when: ({ service, status }) => service === "the metadata service" && status === 404,
    kind: "settings",
    proven: "unavailable",
    code: "NoInstanceRole",
    says: () => "this ECS instance has no such RAM role. Check ecs_role_name, and attach the role to the instance.",
  },
  {
    // What a program stumbles over before anything is sent, it stumbles over as often as it is tried.
    when: ({ sent, name }) => sent === false && /^(Type|Range|Reference|URI)Error$/.test(name),
    kind: "settings",
    code: "CannotCall",
    says: ({ endpoint, name, message }) =>
      `the request to ${endpoint} cannot be made (${name}: ${message}). Check the provider's settings; where they are right, please report this.`,
  },
  {
    // Only what never had an open connection is known not to have been carried out.
    when: ({ sent }) => sent === false,
    kind: "unreachable",
    code: "NoConnection",
    says: ({ endpoint, proxy, message }) =>
      proxy
        ? `${endpoint} cannot be reached through the proxy ${proxy}: ${message}. Check HTTPS_PROXY (HTTP_PROXY for protocol "HTTP"), or exempt the endpoint by NO_PROXY.`
        : `${endpoint} cannot be reached: ${message}`,
  },
  {
    when: ({ status }) => status === 429,
    kind: "throttled",
    code: "TooManyRequests",
    says: ({ endpoint }) => `${endpoint}, or a proxy before it, takes no more requests for now (HTTP 429)`,
  },
  {
    when: ({ status }) => status === 407,
    kind: "settings",
    proven: "unavailable",
    code: "ProxyAuthenticationRequired",
    says: () =>
      `the proxy asks for a user name and a password (HTTP 407). Write them into HTTPS_PROXY (HTTP_PROXY for protocol "HTTP"), as http://USER:PASSWORD@HOST:PORT, percent-encoded.`,
  },
  {
    when: ({ status, contentType }) =>
      status !== undefined && status < 500 && status !== 408 && status !== 425 && isForeign(status, contentType),
    kind: "settings",
    // A captive portal or a proxy that is being restarted answers like this for a while.
    proven: "unavailable",
    code: "NotEcs",
    says: ({ endpoint, proxy, service, status, contentType }) =>
      `what answers at ${endpoint}${proxy ? `, through the proxy ${proxy},` : ""} is not ${service}: HTTP ${status}${contentType ? `, ${contentType.split(";")[0]}` : ""}, and nothing of what ${service} would say. Check ${endpointSetting(service)}, and protocol; ${proxy ? "the proxy may also refuse to lead there (HTTPS_PROXY, HTTP_PROXY, NO_PROXY)" : "a proxy or a captive portal may also answer in its place"}.`,
  },
  {
    when: ({ code }) => /^HPE_/.test(code),
    kind: "settings",
    proven: "unavailable",
    code: "NotHttp",
    says: ({ endpoint, service, message }) =>
      `what answers at ${endpoint} does not speak HTTP (${message}). Check ${endpointSetting(service)}: the port may be another program's.`,
  },
  {
    // A reset, a late answer, one that is cut short: it may have been carried out.
    when: () => true,
    kind: "unavailable",
    code: "NoUsableAnswer",
    says: ({ endpoint, proxy, message }) => `no usable answer from ${endpoint}${proxy ? ` through the proxy ${proxy}` : ""}: ${message}`,
  },
];

/** Node refuses to write such a request. */
const UNSENDABLE =
  /^ERR_(INVALID_CHAR|INVALID_URL|INVALID_URL_SCHEME|UNESCAPED_CHARACTERS|INVALID_ARG_TYPE|INVALID_ARG_VALUE|OUT_OF_RANGE|SOCKET_BAD_PORT|INVALID_PROTOCOL|INVALID_HTTP_TOKEN|HTTP_INVALID_HEADER_VALUE|INVALID_IP_ADDRESS)$/;
const CERTIFICATE_NAME = /^(ERR_TLS_CERT_ALTNAME_(INVALID|FORMAT)|HOSTNAME_MISMATCH)$/;
const CERTIFICATE =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|ERR_TLS_CERT_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|ERROR_IN_CERT_)/;
/** What OpenSSL says of an answer that is no TLS at all. */
const PLAIN_ANSWER = /wrong.version.number|packet.length.too.long|http.request|unknown.protocol|record.layer.failure/i;
const TLS_DISAGREES =
  /handshake.failure|protocol.version|unsupported.protocol|no.shared.cipher|no.ciphers|insufficient.security|certificate.required|dh.key.too.small|no.protocols|legacy.sigalg|ca.md.too.weak|ee.key.too.small/i;

/** ECS speaks JSON or XML, and says why it refuses; an answer of neither, or a refusal without a code, comes from somebody else. */
function isForeign(status: number, contentType: string | undefined): boolean {
  return status >= 300 || !/json|xml/i.test(contentType ?? "json");
}

function endpointSetting(service: Failure["service"]): string {
  if (service === "ECS") return "endpoints.ecs (ECS_ENDPOINT), region";
  return service === "STS" ? "endpoints.sts (STS_ENDPOINT)" : "where the credentials come from";
}
