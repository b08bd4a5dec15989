import { ApiError, invalidParameter, missingParameter } from "../protocol/api-error";
import type { Disk } from "../values/model";
import type { Params } from "../protocol/params";
import { description, imageName, oneOf, refuseDuplicateKeys, tagsOf } from "../protocol/rules";
import type { Action, Services } from "./action";
import { dryRun } from "./dry-run";
import { runningTask } from "./own-image";

type Uses = Pick<Services, "behaviour" | "clientTokens" | "oss" | "starter" | "store">;

export const importImage =
  (services: Uses): Action =>
  ({ params, caller, region, now }) =>
    services.clientTokens.once(`${caller.account}/${region.id}/ImportImage`, params, now, () => {
      const disks = readDisks(params);
      const settings = readSettings(params);
      const tags = tagsOf(params);
      refuseDuplicateKeys(tags, 403, "TagKey.Duplication");
      checkRole(services, params);
      for (const disk of disks) {
        services.oss.checkBucket(disk.bucket!, region.id);
        services.oss.checkObject(disk.bucket!, disk.object!);
      }
      const name = imageName(params, "ImageName");
      const text = description(params, "Description") ?? "";
      const holder = name === undefined ? undefined : services.store.imageNamed(caller.account, region.id, name);
      if (holder) {
        if (
          services.behaviour.image.importingName === "ImageIsImporting" &&
          runningTask(services.store, holder.id)?.action === "ImportImage"
        )
          throw new ApiError(403, "ImageIsImporting", "The specified Image is importing.");
        throw new ApiError(400, "InvalidImageName.Duplicated", "The destination image is exist.");
      }
      services.starter.checkQuota(caller.account, region.id, services.behaviour.image.quota);
      if (params.bool("DryRun")) throw dryRun(services.behaviour, "ImportImage");
      const task = services.starter.start({
        action: "ImportImage",
        region,
        account: caller.account,
        now,
        objects: disks.map((disk) => disk.object!),
        oss: () => ({ bucket: disks[0].bucket!, object: disks[0].object!, format: disks[0].format }),
        clientToken: params.text("ClientToken"),
        tags,
        image: {
          ...settings,
          name: name ?? "",
          description: text,
          family: "",
          ownerAlias: "self",
          isCopied: false,
          isPublic: false,
          sharedWith: [],
          usedByInstances: [],
          resourceGroupId: params.text("ResourceGroupId") ?? "",
          tags,
          disks,
        },
      });
      return { ImageId: task.imageId, TaskId: task.id, RegionId: region.id };
    });

const MAX_DISKS = 17;
const ARCHITECTURES = ["x86_64", "i386", "arm64"];
const WINDOWS = [
  "Windows Server 2003",
  "Windows Server 2008",
  "Windows Server 2012",
  "Windows Server 2016",
  "Windows Server 2019",
  "Windows Server 2022",
  "Other Windows",
];
const LINUX = [
  "Others Linux",
  "Customized Linux",
  "Aliyun",
  "Anolis",
  "CentOS",
  "CentOS Stream",
  "Ubuntu",
  "CoreOS",
  "Fedora",
  "Fedora CoreOS",
  "SUSE",
  "OpenSUSE",
  "Debian",
  "FreeBSD",
  "RedHat",
  "Kylin",
  "UOS",
  "AlmaLinux",
  "Rocky Linux",
  "Gentoo",
];
const PLATFORMS = [...LINUX, ...WINDOWS, "Others"];

function readDisks(params: Params): Disk[] {
  const mappings = params.structs("DiskDeviceMapping").slice(0, MAX_DISKS);
  if (mappings.length === 0) throw missingParameter("DiskDeviceMapping.1.OSSBucket");
  return mappings.map((mapping, index) => {
    const system = index === 0;
    const bucket = mapping.required("OSSBucket");
    const object = mapping.required("OSSObject");
    if (/^[/\\]/.test(object) || Buffer.byteLength(object) > 1023)
      throw new ApiError(400, "InvalidOSSObject.Malformed", `The specified OSSObject "${object}" is malformed.`);
    const format = oneOf(
      mapping,
      "Format",
      ["RAW", "VHD", "QCOW2", "VMDK"],
      () => new ApiError(400, "InvalidImageFormat.Malformed", "The specified image format is not valid. Allowed: RAW, VHD, QCOW2, VMDK."),
    );
    return {
      device: mapping.text("Device") ?? (system ? "/dev/xvda" : `/dev/xvd${String.fromCharCode("a".charCodeAt(0) + index)}`),
      type: system ? "system" : "data",
      format: format ?? detectFormat(object),
      size: diskSize(mapping, system),
      snapshotId: "",
      bucket,
      object,
      encrypted: false,
    };
  });
}

function diskSize(mapping: Params, system: boolean): number {
  const value = mapping.text("DiskImageSize") ?? mapping.text("DiskImSize");
  if (value === undefined) return system ? 40 : 20;
  const size = Number(value);
  if (!/^\d+$/.test(value) || size < 1 || size > 2048) {
    throw new ApiError(
      400,
      system ? "InvalidImageSize" : "InvalidDataDiskSize",
      `The specified disk size "${value}" is not valid. Allowed: 1 to 2048 GiB.`,
    );
  }
  return size;
}

function detectFormat(object: string): string {
  const suffix = /\.(raw|vhd|qcow2|vmdk)$/i.exec(object)?.[1];
  return suffix?.toUpperCase() ?? "RAW";
}

function readSettings(params: Params) {
  const malformed = (code: string, name: string, allowed: readonly string[]) => (value: string) =>
    new ApiError(400, code, `The specified ${name} "${value}" is not valid. Allowed: ${allowed.join(", ")}.`);
  const architecture =
    oneOf(params, "Architecture", ARCHITECTURES, malformed("InvalidArchitecture.Malformed", "Architecture", ARCHITECTURES)) ?? "x86_64";
  const givenOs = oneOf(params, "OSType", ["linux", "windows"], malformed("InvalidOSType.Malformed", "OSType", ["linux", "windows"]));
  const platform = oneOf(params, "Platform", PLATFORMS, malformed("InvalidPlatform.Malformed", "Platform", PLATFORMS));
  const windows = platform === undefined ? givenOs === "windows" : WINDOWS.includes(platform);
  const bootMode = oneOf(params, "BootMode", ["BIOS", "UEFI"], malformed("InvalidBootMode.Malformed", "BootMode", ["BIOS", "UEFI"]));
  if (architecture === "arm64" && bootMode !== "UEFI")
    throw new ApiError(400, "InvalidBootMode.NotSupport", "The arm64 architecture supports only the boot mode UEFI.");
  if (architecture === "arm64" && windows)
    throw new ApiError(403, "InvalidArchitecture.PlatformUnsupported", "The specified architecture does not support the platform.");
  const license = oneOf(
    params,
    "LicenseType",
    ["Auto", "Aliyun", "BYOL"],
    malformed("InvalidLicenseType.NotSupported", "LicenseType", ["Auto", "Aliyun", "BYOL"]),
  );
  const detection = params.text("DetectionStrategy");
  if (detection !== undefined && detection !== "Standard") throw invalidParameter("DetectionStrategy", detection, "Standard");
  if (detection !== undefined && windows)
    throw new ApiError(403, "ImageCheckUnsupported.WindowsImage", "The image check does not support Windows images.");
  const imds = params.text("Features.ImdsSupport");
  if (imds !== undefined && imds !== "v1" && imds !== "v2") throw invalidParameter("FeaturesImdsSupport", imds, "v1, v2");
  const nvme = params.text("Features.NvmeSupport");
  if (nvme !== undefined && nvme !== "supported" && nvme !== "unsupported")
    throw invalidParameter("Features.NvmeSupport", nvme, "supported, unsupported");
  return {
    architecture,
    osType: windows ? "windows" : (givenOs ?? "linux"),
    platform: platform ?? (windows ? "Other Windows" : "Others Linux"),
    bootMode: bootMode ?? "BIOS",
    licenseType: license ?? "Auto",
    detection: detection !== undefined,
    imdsSupport: imds ?? "v1",
    nvmeSupport: nvme ?? "unsupported",
  };
}

function checkRole(services: Uses, params: Params): void {
  services.oss.checkRole(params.text("RoleName") ?? "AliyunECSImageImportDefaultRole", services.behaviour.request);
}
