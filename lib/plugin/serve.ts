import { writeSync } from "node:fs";
import { dirname } from "node:path";
import { removeAbandoned } from "./process/abandoned";
import { createCertificate } from "../x509/certificate";
import { ErrorPipe } from "./process/error-pipe";
import { GrpcServer } from "./transport/grpc-server";
import { handshakeLine, HandshakeError, readHandshake } from "./transport/handshake";
import { hostMethods } from "./transport/host-methods";
import { Lifetime, type LifetimeLimits } from "./process/lifetime";
import { createLogger, levelFrom, probeLine } from "./process/log";
import { canBeWritten, DESCRIPTOR_LOST, takeLaunchEnvironment, type LaunchEnvironment } from "./process/launch-environment";
import { watchHost } from "./process/orphan";
import { reportFailure } from "./process/report-failure";
import type { Logger, Provider } from "./resource";
import { createRpcContext, type RpcContext } from "./rpc/context";
import { providerMethods } from "./rpc/methods";
import { handleSignals } from "./process/signals";
import { createSocketPlace, SocketPlaceError } from "./transport/socket";
import { takeStderr } from "./process/stderr";

export interface ServeOptions {
  /**
   * The provider's type name; stands in messages and as the module of log lines.
   */
  readonly name: string;
  /**
   * How long the process may live on after Terraform has gone, in milliseconds.
   * @default 900000 - 15 minutes
   */
  readonly orphanLimit?: number;
  /**
   * How long the process waits for a call after a SIGTERM, or after an error that nothing caught, before it goes, in milliseconds.
   * @default 20000
   */
  readonly idleLimit?: number;
  /** What the launcher hands over. @default - read from the environment */
  readonly launched?: LaunchEnvironment;
  /** What only helps the next run; must not take long. */
  readonly beforeExit?: () => Promise<void>;
  /** @default process.exit */
  readonly exit?: (code: number) => void;
}

/** Makes the provider when the first RPC needs it, so that Terraform need not wait for that to see the handshake. */
export type ProviderFactory = (log: Logger) => Provider | Promise<Provider>;

/**
 * Serves a provider to the Terraform (or OpenTofu) that started this process, until that shuts it down or dies. Takes
 * over the process: its signals, its stdout and its exit. Started by anything else, it says what this file is and
 * exits with status 1.
 */
export async function serve(provider: Provider | ProviderFactory, options: ServeOptions): Promise<void> {
  const launched = options.launched ?? takeLaunchEnvironment(process.env);
  if (!canBeWritten(launched.handshakeFd)) process.exit(DESCRIPTOR_LOST);
  try {
    await start(provider, options, launched);
  } catch (error) {
    const expected = error instanceof HandshakeError || error instanceof SocketPlaceError;
    reportFailure(expected ? error.message : `The ${options.name} provider could not start: ${String(error)}`, launched);
    process.exit(1);
  }
}

async function start(provider: Provider | ProviderFactory, options: ServeOptions, launched: LaunchEnvironment): Promise<void> {
  handleSignals(process, {
    terminate: () => lifetime.terminate(),
    crashed: (error) => lifetime.crashed(error),
  });
  const openStderr = takeStderr(process);
  const { clientCertificate } = readHandshake(options.name, process.env);
  const place = createSocketPlace();
  process.on("exit", () => place.remove());

  const errors: ErrorPipe = new ErrorPipe(openStderr, () => parent.pipeBroken());
  const log = createLogger({
    name: options.name,
    level: levelFrom(process.env),
    write: (line) => errors.write(line),
    now: () => new Date(),
  });
  const context = once(provider, options.name, log);
  const lifetime: Lifetime = new Lifetime({
    provider: () => context.current()?.provider,
    log,
    close: async () => {
      // Before the last answers get out: a Terraform in a hurry kills the process after them.
      place.remove();
      await server.close();
      await options.beforeExit?.();
    },
    exit: options.exit ?? ((code) => process.exit(code)),
    limits: limitsFrom(options),
  });
  const parent = watchHost({
    parentId: () => process.ppid,
    host: launched.host,
    // A line below every level that is shown: writing it finds out whether anybody reads.
    probe: () => errors.write(probeLine(options.name, new Date())),
    onGone: () => lifetime.orphaned(),
  });

  const own = clientCertificate ? createCertificate(new Date()) : undefined;
  const server: GrpcServer = new GrpcServer({
    methods: [...providerMethods(options.name, log, () => context.get()), ...hostMethods(() => lifetime.shutdown())],
    tls: own && clientCertificate ? { ...own, clientCertificate } : undefined,
    log,
    onCall: () => lifetime.callStarted(),
    onConnections: (count) => parent.connections(count),
  });
  await server.listen(place.path);
  // Not by process.stdout, which takes a millisecond to be made.
  writeSync(launched.handshakeFd, handshakeLine(place.path, own?.der));
  // After the handshake, as Terraform waits for that.
  server.prepare();
  void removeAbandoned(dirname(dirname(place.path)));
}

function limitsFrom({ orphanLimit = 15 * 60_000, idleLimit = 20_000 }: ServeOptions): LifetimeLimits {
  return { orphaned: orphanLimit, idle: idleLimit };
}

interface LazyContext {
  get(): Promise<RpcContext>;
  /** Undefined until the provider has been made. */
  current(): RpcContext | undefined;
}

function once(provider: Provider | ProviderFactory, name: string, log: Logger): LazyContext {
  let making: Promise<RpcContext> | undefined;
  let made: RpcContext | undefined;
  const make = async (): Promise<RpcContext> =>
    (made = createRpcContext(name, typeof provider === "function" ? await provider(log) : provider, log));
  return { get: () => (making ??= make()), current: () => made };
}
