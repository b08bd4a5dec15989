import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { createCertificate } from "../../../lib/x509/certificate";
import { secured } from "../../../lib/plugin/transport/mutual-tls";

describe("mutual TLS", () => {
  const own = createCertificate(new Date());
  const terraform = createCertificate(new Date());
  const stranger = createCertificate(new Date());
  const seen = { greeted: jest.fn(), accepted: jest.fn(), refused: jest.fn() };
  let listener: Server;
  let client: TLSSocket | undefined;

  beforeEach(async () => {
    jest.clearAllMocks();
    seen.accepted.mockImplementation((socket: TLSSocket) => socket.on("error", () => {}).end("welcome"));
    listener = createServer(secured({ ...own, clientCertificate: terraform.certificate }, seen)).listen(0, "127.0.0.1");
    await once(listener, "listening");
  });
  afterEach(() => {
    client?.destroy();
    listener.close();
  });

  /** What the client receives until the connection ends. */
  async function hears(options: ConnectionOptions): Promise<string> {
    const { port } = listener.address() as AddressInfo;
    const socket = connect({ port, host: "127.0.0.1", ca: own.certificate, servername: "localhost", ALPNProtocols: ["h2"], ...options });
    client = socket;
    let heard = "";
    socket.on("data", (data) => (heard += String(data)));
    socket.on("error", () => {});
    await new Promise((closed) => socket.once("close", closed));
    return heard;
  }

  const identity = ({ key, certificate }: { key: string; certificate: string }): ConnectionOptions => ({ key, cert: certificate });

  test("accepts the announced client after greeting it", async () => {
    expect(await hears(identity(terraform))).toBe("welcome");
    expect(seen.greeted).toHaveBeenCalledTimes(1);
    expect(seen.greeted.mock.invocationCallOrder[0]).toBeLessThan(seen.accepted.mock.invocationCallOrder[0]!);
    expect(seen.refused).not.toHaveBeenCalled();
  });

  test("accepts the announced client without a server name", async () => {
    expect(await hears({ ...identity(terraform), servername: "", checkServerIdentity: () => undefined })).toBe("welcome");
  });

  test("refuses a client with another certificate, and says why", async () => {
    expect(await hears(identity(stranger))).toBe("");
    expect(seen.accepted).not.toHaveBeenCalled();
    expect(seen.refused).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining("not the one") }));
  });

  test("refuses a client without a certificate", async () => {
    expect(await hears({})).toBe("");
    expect(seen.accepted).not.toHaveBeenCalled();
    expect(seen.refused).toHaveBeenCalledTimes(1);
  });

  test("refuses a client that does not speak HTTP/2", async () => {
    expect(await hears({ ...identity(terraform), ALPNProtocols: ["http/1.1"] })).toBe("");
    expect(seen.accepted).not.toHaveBeenCalled();
  });
});
