import type { Settings } from "../../../lib/handler/settings";
import { Context } from "../../../lib/handler/context";
import { FakeClock } from "./clock";
import { fakeGateway, type FakeGateway, type Scripts } from "./gateway";

export interface ResourceContext {
  readonly context: Context;
  readonly clock: FakeClock;
  readonly gateway: FakeGateway;
}

/** A configured provider over a scripted ECS. */
export function resourceContext(scripts: Scripts = {}, settings: Partial<Settings> = {}): ResourceContext {
  const clock = new FakeClock();
  const gateway = fakeGateway(scripts);
  const context = new Context(
    clock,
    () => 0.5,
    () => undefined,
  );
  context.configure({ region: "cn-hangzhou", defaultTags: {}, ...settings } as Settings, gateway);
  return { context, clock, gateway };
}
