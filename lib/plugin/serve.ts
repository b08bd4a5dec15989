import { writeSync } from "node:fs";
import { createCertificate } from "../x509/certificate";
import { ErrorPipe } from "./process/error-pipe";
import { GrpcServer } from "./transport/grpc-server";
import { handshakeLine, HandshakeError, readHandshake } from "./transport/handshake";
import { Lifetime, type LifetimeLimits } from "./process/lifetime";
import { createLogger, levelFrom, probeLine } from "./process/log";
import { canBeWritten, DESCRIPTOR_LOST, takeLaunchEnvironment, type LaunchEnvironment } from "./process/launch-environment";
import { removeAbandoned } from "./process/remove-abandoned";
import { reportFailure } from "./process/report-failure";
import type { Service, ServiceHost } from "./service";
import { handleSignals } from "./process/signals";
import { createPlace } from "./transport/place";
import { SocketPlaceError, socketPrefix } from "./transport/socket";
import { takeStderr } from "./process/stderr";
import { watchTerraform } from "./process/watch-terraform";

export interface ServeOptions {
  /** The provider's type name. Messages and log lines contain it; its directories and the launcher's variables begin with it. */
  readonly name: string;
  /** How to use the provider, for a person who starts it by hand. */
  readonly usage: string;
  /**
   * How long the process may outlive Terraform, in milliseconds.
   * @default 900000 - 15 minutes
   */
  readonly orphanLimit?: number;
  /**
   * How long the process waits for a call after a SIGTERM or an uncaught error before it ends, in milliseconds.
   * @default 20000
   */
  readonly idleLimit?: number;
  /** What the launcher's shell passes. @default - read from the environment */
  readonly launched?: LaunchEnvironment;
  /** The prefixes of the provider's own temporary directories. The plugin removes those that a killed provider left once they are a day old. */
  readonly temporaryDirectories?: readonly string[];
  /** Work that only helps the next run. It must not take long. */
  readonly beforeExit?: () => Promise<void>;
  /** @default process.exit */
  readonly exit?: (code: number) => void;
}

/** Loads what answers Terraform's calls. `serve` calls it after the handshake, while Terraform connects. If it fails, Terraform's calls fail with the reason. */
export type LoadService = (host: ServiceHost) => Promise<Service>;

const SHUTDOWN = "/plugin.GRPCController/Shutdown";

/**
 * Serves a provider to the Terraform (or OpenTofu) that started this process, until Terraform shuts it down or dies. Controls
 * the process: its signals, its stdout and its exit. If anything else started it, it prints what the program is and exits with
 * status 1.
 */
export async function serve(load: LoadService, options: ServeOptions): Promise<void> {
  const launched = options.launched ?? takeLaunchEnvironment(options.name, process.env);
  if (!canBeWritten(launched.handshakeFd)) process.exit(DESCRIPTOR_LOST);
  try {
    await start(load, options, launched);
  } catch (error) {
    const expected = error instanceof HandshakeError || error instanceof SocketPlaceError;
    reportFailure(expected ? error.message : `The ${options.name} provider could not start: ${String(error)}`, launched);
    process.exit(1);
  }
}

async function start(load: LoadService, options: ServeOptions, launched: LaunchEnvironment): Promise<void> {
  handleSignals(process, {
    terminate: () => lifetime.terminate(),
    crashed: (error) => lifetime.crashed(error),
  });
  const openStderr = takeStderr(process);
  const { clientCertificate } = readHandshake(options.name, options.usage, process.env, launched.transport);
  const place = createPlace(options.name, launched.transport);
  process.on("exit", () => place.remove());

  const errors: ErrorPipe = new ErrorPipe(openStderr, () => terraform.pipeBroken());
  const log = createLogger({
    name: options.name,
    level: levelFrom(process.env),
    write: (line) => errors.write(line),
    now: () => new Date(),
  });
  let service: Service | undefined;
  const lifetime: Lifetime = new Lifetime({
    provider: () => service?.provider(),
    log,
    close: async () => {
      // This comes first, because Terraform may kill the process right after the last answer.
      place.remove();
      await server.close();
      await options.beforeExit?.();
    },
    exit: options.exit ?? ((code) => process.exit(code)),
    limits: limitsFrom(options),
  });
  const terraform = watchTerraform({
    parentId: () => process.ppid,
    terraform: launched.terraform,
    // Terraform shows this line only at the level trace; writing it shows whether anybody reads.
    probe: () => errors.write(probeLine(options.name, new Date())),
    onGone: () => lifetime.orphaned(),
  });

  const own = clientCertificate ? createCertificate(new Date()) : undefined;
  const server: GrpcServer = new GrpcServer({
    service: async () => {
      try {
        return (service = await load({ name: options.name, log, shutdown: () => lifetime.shutdown() }));
      } catch (error) {
        const message = `The ${options.name} provider could not be loaded: ${String(error)}. Run terraform init again.`;
        log.log("error", message);
        lifetime.failed();
        throw new Error(message);
      }
    },
    // The service would handle it, but it could not be loaded.
    onRefused: (path) => (path === SHUTDOWN ? void lifetime.shutdown() : undefined),
    tls: own && clientCertificate ? { ...own, clientCertificate } : undefined,
    log,
    onCall: () => lifetime.callStarted(),
    onConnections: (count) => terraform.connections(count),
  });
  const endpoint = await server.listen(place.listen);
  // Not through process.stdout, because creating that takes a millisecond.
  writeSync(launched.handshakeFd, handshakeLine(endpoint, own?.der));
  // Terraform waits for the handshake, so everything else comes after it.
  const prepared = server.prepare();
  void removeAbandoned(place.base, { sockets: socketPrefix(options.name), others: options.temporaryDirectories });
  await prepared;
}

function limitsFrom({ orphanLimit = 15 * 60_000, idleLimit = 20_000 }: ServeOptions): LifetimeLimits {
  return { orphaned: orphanLimit, idle: idleLimit };
}
