import { UsageError } from "../errors";

/** @throws UsageError, before any call, for an id that cannot be an operation's */
export function checkIds(ids: readonly string[]): void {
  for (const id of ids)
    if (!/^([tm]-|(import|export|copy):)\S+$/.test(id))
      throw new UsageError(
        `"${id}" is not an id. Give the id of a task (t-...), of an image (m-...), or of an operation as the Terraform state records it (import:REGION:...). To select by name, see --stack and "imagetask list".`,
      );
}
