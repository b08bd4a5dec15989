import { connect } from "node:tls";

/** Milliseconds. */
const LIMIT = 2_000;

/** True if a TLS server answers at `host:port`. Its certificate is not checked, because nothing is sent to it. */
export function speaksTls(endpoint: string): Promise<boolean> {
  const { hostname, port } = new URL(`http://${endpoint}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80), rejectUnauthorized: false });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(LIMIT, end(false));
    socket.once("secureConnect", end(true));
    socket.once("error", end(false));
  });
}
