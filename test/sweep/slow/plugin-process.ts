import { PROVIDER_SCHEMA } from "../../../lib/contract/provider";
import { blankBlock } from "../../../lib/contract/schema";
import { Context } from "../../../lib/handler/context";
import { SdkGateway } from "../../../lib/handler/ecs/sdk-gateway";
import { createProvider } from "../../../lib/handler/provider";
import { systemClock, type Clock } from "../../../lib/handler/task/clock";
import type { EcsGateway } from "../../../lib/handler/task/gateway";
import type { Provider } from "../../../lib/plugin/resource";
import { ACCESS_KEY, REGION, SECRET_KEY } from "../../support/e2e/bench";

/** The provider of a new plugin process, in real time and over real sockets. It can end, as a process does. */
export class PluginProcess {
  private ended = false;

  private constructor(readonly provider: Provider) {}

  static async boot(endpoint: string): Promise<PluginProcess> {
    const life = { isOver: (): boolean => booted.ended };
    const provider = createProvider({
      context: new Context(mortalClock(life), Math.random, () => {}),
      env: {},
      connect: (connection) => {
        const gateway = new SdkGateway(
          connection,
          () => import("../../../lib/handler/ecs/sdk"),
          () => {},
        );
        return Object.assign(mortal(gateway, life), { checkCredentials: () => gateway.checkCredentials() });
      },
      readFile: () => "",
      writeTokenFile: () => "",
    });
    const booted = new PluginProcess(provider);
    const diagnostics = await provider.configure({
      ...blankBlock(PROVIDER_SCHEMA.block),
      region: REGION,
      access_key: ACCESS_KEY,
      secret_key: SECRET_KEY,
      protocol: "HTTP",
      endpoints: [{ ecs: endpoint, sts: endpoint }],
    });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    return booted;
  }

  /** Ends it: from now on it does nothing. */
  exit(): void {
    this.ended = true;
  }
}

interface Life {
  isOver(): boolean;
}

/** The outcome of everything that a process awaits after its end. */
const never = (): Promise<never> => new Promise(() => {});

function mortalClock(life: Life): Clock {
  return {
    ...systemClock,
    sleep: async (ms, signal) => {
      await systemClock.sleep(ms, signal);
      if (life.isOver()) await never();
    },
  };
}

function mortal(gateway: SdkGateway, life: Life): EcsGateway {
  return new Proxy(gateway as EcsGateway, {
    get: (target, name) => {
      const method = target[name as keyof EcsGateway] as unknown;
      if (typeof method !== "function") return method;
      return async (...args: unknown[]): Promise<unknown> =>
        life.isOver() ? never() : (method as (...args: unknown[]) => unknown).apply(target, args);
    },
  });
}
