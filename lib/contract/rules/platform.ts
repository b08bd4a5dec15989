import { shown, type Finding } from "./finding";

/** The Linux and other Unix distributions that ImportImage accepts. */
export const LINUX_PLATFORMS = [
  "Aliyun",
  "AlmaLinux",
  "Anolis",
  "CentOS",
  "CentOS Stream",
  "CoreOS",
  "Customized Linux",
  "Debian",
  "Fedora",
  "Fedora CoreOS",
  "FreeBSD",
  "Gentoo",
  "Kylin",
  "OpenSUSE",
  "Others Linux",
  "RedHat",
  "Rocky Linux",
  "SUSE",
  "Ubuntu",
  "UOS",
] as const;

/** The Windows versions that ImportImage accepts; "Windows 7" is only in older references. */
export const WINDOWS_PLATFORMS = [
  "Windows Server 2022",
  "Windows Server 2019",
  "Windows Server 2016",
  "Windows Server 2012",
  "Windows Server 2008",
  "Windows Server 2003",
  "Windows 7",
  "Other Windows",
] as const;

/** `Windows Server` with any year, because ECS adds each new one; null for anything else. */
export function canonicalWindowsServer(value: string): string | null {
  const year = /^windows server (20\d\d)$/i.exec(value)?.[1];
  return year ? `Windows Server ${year}` : null;
}

/** A Windows platform needs os_type windows, a Linux platform linux. */
export function checkPlatformFitsOsType(platform: string, osType: string): Finding | null {
  const platformIsWindows = isWindows(platform);
  const typeIsWindows = osType.toLowerCase() === "windows";
  if (platformIsWindows === null || platformIsWindows === typeIsWindows) return null;
  const fitting = platformIsWindows ? "windows" : "linux";
  const example = typeIsWindows ? "Windows Server 2022" : "Others Linux";
  return {
    summary: "platform and os_type do not match",
    detail: `\`platform\` is ${shown(platform)} and \`os_type\` is ${shown(osType)}. Write \`os_type\` "${fitting}", or choose a platform of that system, such as "${example}".`,
  };
}

/** Null for an unknown platform. */
function isWindows(platform: string): boolean | null {
  const wanted = platform.toLowerCase();
  const isIn = (list: readonly string[]) => list.some((item) => item.toLowerCase() === wanted);
  if (isIn(WINDOWS_PLATFORMS) || canonicalWindowsServer(platform) !== null) return true;
  return isIn(LINUX_PLATFORMS) ? false : null;
}
