/** A running emulator, as its introduction describes it. */
export interface Running {
  /** `HOST:PORT` for clients on this machine. */
  readonly endpoint: string;
  /** `HOST:PORT` for other machines and containers. */
  readonly remoteEndpoints: readonly string[];
  readonly region: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The token that the live page and the admin API require. */
  readonly token?: string;
  /** The file with the certificate that clients must trust. */
  readonly certificateFile?: string;
}

/** The first lines that `imagetask emulator` prints: its address, and how to point clients at it. */
export function introduction(running: Running): string[] {
  const { endpoint, remoteEndpoints, region, accessKeyId, accessKeySecret, token, certificateFile } = running;
  const url = `${certificateFile === undefined ? "http" : "https"}://${endpoint}`;
  const variables = {
    ECS_ENDPOINT: endpoint,
    STS_ENDPOINT: endpoint,
    ALICLOUD_PROTOCOL: certificateFile === undefined ? "HTTP" : "HTTPS",
    ALICLOUD_REGION: region,
    ALICLOUD_ACCESS_KEY: accessKeyId,
    ALICLOUD_SECRET_KEY: accessKeySecret,
    ...(certificateFile !== undefined && { NODE_EXTRA_CA_CERTS: certificateFile }),
  };
  return [
    `The ECS emulator listens on ${url}`,
    ...(remoteEndpoints.length > 0 ? [`Other machines and containers can reach it at ${remoteEndpoints.join(", ")}`] : []),
    token === undefined
      ? "Open this address in a browser to watch tasks, images and calls."
      : `Open ${url}/?token=${token} in a browser to watch tasks, images and calls.`,
    ...(token === undefined ? [] : [`The admin API requires the same token: curl -H 'authorization: Bearer ${token}' ${url}/_admin`]),
    "",
    "In the shell that runs cdktf, terraform or tofu:",
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${quoted(value)}`),
    "",
    ...(certificateFile === undefined ? [] : trust(quoted(certificateFile))),
    "Press Ctrl-C to stop it.",
  ];
}

/** How to make each kind of client trust the certificate. */
function trust(file: string): string[] {
  return [
    "To make other clients trust the certificate:",
    `  SSL_CERT_FILE=${file}   programs in Go: the alicloud provider, the aliyun CLI`,
    `  REQUESTS_CA_BUNDLE=${file}   programs in Python`,
    `  curl --cacert ${file}`,
    `  keytool -importcert -noprompt -alias emulator -file ${file} -keystore trust.p12 -storepass changeit   programs in Java,`,
    "    with -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit",
    "",
  ];
}

/** Quotes a value for a POSIX shell. */
function quoted(value: string): string {
  return /^[\w.:/@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
