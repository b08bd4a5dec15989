import { EmulatorError } from "../values/emulator-error";
import { type PolicyDocument, checkPolicies } from "./policy";

/** An AccessKey that the emulator knows. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Default `1000000000000001`. */
  readonly accountId?: string;
  /** The RAM user that owns the key; without it the key is the account's own. */
  readonly userName?: string;
  /** What the owner may do. Default: everything. */
  readonly policies?: readonly PolicyDocument[];
  /** Default `Active`. */
  readonly status?: "Active" | "Inactive" | "Disabled";
}

/** A RAM role that may be assumed. */
export interface Role {
  /** `acs:ram::ACCOUNT:role/NAME` */
  readonly arn: string;
  /** What the role may do. Default: everything. */
  readonly policies?: readonly PolicyDocument[];
}

/** Whoever makes a call. */
export interface Principal {
  readonly accessKeyId: string;
  readonly account: string;
  readonly type: "Account" | "RAMUser" | "AssumedRoleUser";
  readonly arn: string;
  readonly name: string;
  readonly principalId: string;
  /** Each of these has to allow a call; none at all allows everything. */
  readonly policies: readonly (readonly PolicyDocument[])[];
}

const DEFAULT_ACCOUNT = "1000000000000001";

export function accountOf(key: AccessKey): string {
  return key.accountId ?? DEFAULT_ACCOUNT;
}

/** The key as it is; an EmulatorError when it can't be one. */
export function checkedKey(key: AccessKey): AccessKey {
  if (!key.accessKeyId || !key.accessKeySecret) throw new EmulatorError("An AccessKey needs accessKeyId and accessKeySecret.");
  if (!/^\d{1,16}$/.test(accountOf(key))) throw new EmulatorError(`The account "${key.accountId}" is not one: up to 16 digits.`);
  if (key.status !== undefined && !["Active", "Inactive", "Disabled"].includes(key.status))
    throw new EmulatorError(`An AccessKey's status is "${key.status}". It takes Active, Inactive or Disabled.`);
  checkPolicies(key.policies ?? []);
  return key;
}

export function principalOf(key: AccessKey): Principal {
  const account = accountOf(key);
  const user = key.userName;
  return {
    accessKeyId: key.accessKeyId,
    account,
    type: user ? "RAMUser" : "Account",
    arn: user ? `acs:ram::${account}:user/${user}` : `acs:ram::${account}:root`,
    name: user ?? "root",
    principalId: user ? `2${account.slice(1)}` : account,
    policies: key.policies ? [key.policies] : [],
  };
}
