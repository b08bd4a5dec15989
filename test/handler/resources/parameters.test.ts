import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  COPY_ARGUMENTS,
  EXPORT_ARGUMENTS,
  IMPORT_ARGUMENTS,
  isBlock,
  type Argument,
  type Arguments,
} from "../../../lib/contract/arguments";
import type { Value, ValueObject } from "../../../lib/contract/values";
import * as sdk from "../../../lib/handler/ecs/sdk";
import { SdkGateway } from "../../../lib/handler/ecs/sdk-gateway";
import { parametersOf } from "../../../lib/handler/resources/parameters";
import { toCopyRequest, toExportRequest, toImportRequest } from "../../../lib/handler/resources/requests";
import { REGION } from "../../support/handler/builders";

/** A value for every argument of a table. Of an enumeration, it is the first value in another case than ECS's. */
function filled(rows: Arguments): ValueObject {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      isBlock(row) ? (row.nesting === "list" ? [filled(row.block)] : filled(row.block)) : example(name, row),
    ]),
  );
}

function example(name: string, { type, values }: Argument): Value {
  if (type === "bool") return true;
  if (type === "number") return 40;
  if (type !== "string") return { key: "value" };
  return values ? values[0]!.toUpperCase() : `the ${name}`;
}

/** Every parameter in the table, as ECS's query string spells it, with its expected value. */
function named(rows: Arguments, prefix = ""): [string, string][] {
  return Object.entries(rows).flatMap(([name, row]): [string, string][] => {
    if (row.parameter === undefined) return [];
    const path = `${prefix}${row.parameter}`;
    if (isBlock(row)) return named(row.block, row.maxItems === 1 ? `${path}.` : `${path}.1.`);
    return [[path, row.values ? row.values[0]! : String(example(name, row))]];
  });
}

const started = { region: REGION, startKey: "key", defaultTags: {} };

describe("every argument with an ECS parameter is sent in the request", () => {
  let server: Server;
  let gateway: SdkGateway;
  let asked: URLSearchParams;
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked = new URL(request.url!, "http://ecs").searchParams;
      response.setHeader("content-type", "application/json").end('{"RequestId":"R","TaskId":"t-1","ImageId":"m-1"}');
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    gateway = new SdkGateway(
      {
        protocol: "HTTP",
        ecsEndpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        credentials: { type: "static", accessKeyId: "id", accessKeySecret: "secret" },
      },
      async () => sdk,
      () => undefined,
    );
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each<[string, Arguments, () => Promise<unknown>, { readonly [parameter: string]: string }]>([
    ["import", IMPORT_ARGUMENTS, () => gateway.importImage(REGION, toImportRequest(filled(IMPORT_ARGUMENTS), started), "token"), {}],
    ["export", EXPORT_ARGUMENTS, () => gateway.exportImage(REGION, toExportRequest(filled(EXPORT_ARGUMENTS))), {}],
    [
      "copy",
      COPY_ARGUMENTS,
      () => gateway.copyImage("the source_region", toCopyRequest(filled(COPY_ARGUMENTS), started), "token"),
      { DestinationRegionId: REGION },
    ],
  ])("of an %s", async (_, rows, call, given) => {
    const wanted = { ...Object.fromEntries(named(rows)), ...given };
    expect(Object.keys(wanted).length).toBeGreaterThan(4);
    await call();
    expect(Object.fromEntries(asked)).toMatchObject(wanted);
  });
});

test("an argument that is not set is not sent", () => {
  expect(parametersOf(IMPORT_ARGUMENTS, { image_name: null, architecture: "X86_64", features: [] })).toEqual({
    Architecture: "x86_64",
    DiskDeviceMapping: [],
  });
});

test("an arm64 image boots by UEFI unless the configuration says otherwise", () => {
  const bootMode = (config: ValueObject) => toImportRequest({ ...config, disk_device_mapping: [] }, started).parameters["BootMode"];
  expect(bootMode({ architecture: "ARM64" })).toBe("UEFI");
  expect(bootMode({ architecture: "arm64", boot_mode: "bios" })).toBe("BIOS");
  expect(bootMode({ architecture: "x86_64" })).toBeUndefined();
});

test("the fingerprint changes with triggers and every argument sent to ECS, except description and tags", () => {
  const all = filled(IMPORT_ARGUMENTS);
  const fingerprint = (config: ValueObject) => toImportRequest(config, started).tags["imagetask:request"];
  const kept = [
    "stack",
    "expires_after",
    "description",
    "tags",
    "region",
    "retain_on_destroy",
    "delete_snapshots",
    "start_key",
    "timeouts",
  ];
  for (const name of Object.keys(IMPORT_ARGUMENTS)) {
    const without = fingerprint({ ...all, [name]: null });
    if (kept.includes(name)) expect([name, without]).toEqual([name, fingerprint(all)]);
    else expect([name, without]).not.toEqual([name, fingerprint(all)]);
  }
});
