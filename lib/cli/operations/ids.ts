import { UsageError } from "../errors";

/** @throws UsageError for what can name no operation: no region need be asked for it */
export function checkIds(ids: readonly string[]): void {
  for (const id of ids)
    if (!/^([tm]-|(import|export|copy):)\S+$/.test(id))
      throw new UsageError(
        `"${id}" is not an id. Give a task's (t-...), an image's (m-...), or an operation's as the Terraform state has it (import:REGION:...). For names, see --stack and "imagetask list".`,
      );
}
