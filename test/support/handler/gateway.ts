import type { EcsGateway } from "../../../lib/handler/task/gateway";

export type Method = keyof EcsGateway;
export interface Call {
  readonly method: Method;
  readonly args: readonly unknown[];
}

/** A method's script: a function, or the answers in turn, with the last one repeated. An error is thrown. */
type Script<M extends Method> = EcsGateway[M] | readonly (Awaited<ReturnType<EcsGateway[M]>> | Error)[];
export type Scripts = { readonly [M in Method]?: Script<M> };

export type FakeGateway = EcsGateway & {
  readonly calls: readonly Call[];
  /** The arguments of every call of a method. */
  of(method: Method): readonly (readonly unknown[])[];
};

const METHODS: readonly Method[] = [
  "importImage",
  "exportImage",
  "copyImage",
  "cancelTask",
  "cancelCopyImage",
  "describeTasks",
  "describeTaskAttribute",
  "describeImages",
  "deleteImage",
  "modifyImage",
  "tagImage",
  "untagImage",
  "describeSnapshots",
  "deleteSnapshot",
  "tagSnapshots",
  "describeRegions",
];

/** A gateway with scripted answers that records its calls. A call without a script fails the test. */
export function fakeGateway(scripts: Scripts): FakeGateway {
  const calls: Call[] = [];
  const method = (name: Method) => {
    const script = scripts[name] as ((...args: unknown[]) => Promise<unknown>) | readonly unknown[] | undefined;
    let turn = 0;
    return async (...args: unknown[]): Promise<unknown> => {
      calls.push({ method: name, args });
      if (script === undefined) throw new Error(`unexpected call of ${name}(${JSON.stringify(args)})`);
      if (typeof script === "function") return script(...args);
      const answer = script[Math.min(turn++, script.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer;
    };
  };
  const gateway = Object.fromEntries(METHODS.map((name) => [name, method(name)])) as unknown as EcsGateway;
  return { ...gateway, calls, of: (name) => calls.filter((call) => call.method === name).map((call) => call.args) };
}
