import { shown, type TextCheck } from "./finding";

/**
 * `host` or `host:port`, as for the alicloud provider; the scheme belongs in the `protocol` argument. The endpoint of ECS may
 * contain `{region}`, which is replaced by the region that is called.
 */
export const checkEndpoint: TextCheck = (value, argument) => {
  if (isHostAndPort(argument === "ecs" ? value.replaceAll("{region}", "region") : value)) return null;
  const { scheme, rest } = /^(?:(?<scheme>[a-z]+):\/\/)?(?<rest>[^/?#]*)/i.exec(value)?.groups ?? {};
  const fix = rest && isHostAndPort(rest) ? ` Write ${shown(rest)}${scheme ? ` and \`protocol\` "${scheme.toUpperCase()}"` : ""}.` : "";
  return {
    summary: "Invalid endpoint",
    detail: `\`${argument}\` is ${shown(value)}. An endpoint is a host and optionally a port, without scheme and path: "${argument}.cn-hangzhou.aliyuncs.com" or "127.0.0.1:4566".${argument === "ecs" ? ' "{region}" is replaced by the region that is called, as in "ecs-vpc.{region}.aliyuncs.com".' : ""}${fix}`,
  };
};

function isHostAndPort(value: string): boolean {
  const [, host, , port] = /^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?)(?::(\d{1,5}))?$/i.exec(value) ?? [];
  return host !== undefined && (port === undefined || (Number(port) >= 1 && Number(port) <= 65_535));
}
