/** What a running emulator is told of. */
export interface Running {
  /** `HOST:PORT` for clients on this machine. */
  readonly endpoint: string;
  /** `HOST:PORT` for clients elsewhere. */
  readonly remoteEndpoints: readonly string[];
  readonly region: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** What the page asks for. */
  readonly token?: string;
  /** The file with the certificate that clients have to trust. */
  readonly certificateFile?: string;
}

/** What `imagetask emulator` prints first: where it is, and how clients get there. */
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
    ...(remoteEndpoints.length > 0 ? [`Other machines and containers reach it at ${remoteEndpoints.join(", ")}`] : []),
    token === undefined
      ? "Open that in a browser to watch tasks, images and calls."
      : `Open ${url}/?token=${token} in a browser to watch tasks, images and calls.`,
    ...(token === undefined ? [] : [`The admin API takes the same token: curl -H 'authorization: Bearer ${token}' ${url}/_admin`]),
    "",
    "In the shell that runs cdktf, terraform or tofu:",
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${quoted(value)}`),
    "",
    ...(certificateFile === undefined ? [] : trust(quoted(certificateFile))),
    "Ctrl-C stops it.",
  ];
}

/** Each kind of client has a way of its own to trust a certificate. */
function trust(file: string): string[] {
  return [
    "Other clients trust its certificate by",
    `  SSL_CERT_FILE=${file}   programs in Go: the alicloud provider, the aliyun CLI`,
    `  REQUESTS_CA_BUNDLE=${file}   programs in Python`,
    `  curl --cacert ${file}`,
    `  keytool -importcert -noprompt -alias emulator -file ${file} -keystore trust.p12 -storepass changeit   programs in Java,`,
    "    with -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit",
    "",
  ];
}

/** As a POSIX shell takes it. */
function quoted(value: string): string {
  return /^[\w.:/@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
