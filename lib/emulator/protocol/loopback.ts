/** Whether an address or a name always leads to this machine. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^::ffff:/, "");
  return address === "localhost" || address.endsWith(".localhost") || address === "::1" || /^127(\.\d{1,3}){3}$/.test(address);
}
