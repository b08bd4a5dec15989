import { EmulatorError } from "../values/emulator-error";
import { type PolicyDocument, checkPolicies } from "./policy";

/** An AccessKey that the emulator accepts. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Default `1000000000000001`. */
  readonly accountId?: string;
  /** The RAM user that owns the key. Default: the account itself owns the key. */
  readonly userName?: string;
  /** The owner's policies. Default: everything is allowed. */
  readonly policies?: readonly PolicyDocument[];
  /** Default `Active`. */
  readonly status?: "Active" | "Inactive" | "Disabled";
}

/** A RAM role that callers can assume. */
export interface Role {
  /** `acs:ram::ACCOUNT:role/NAME` */
  readonly arn: string;
  /** The role's policies. Default: everything is allowed. */
  readonly policies?: readonly PolicyDocument[];
}

/** The caller of an action. */
export interface Principal {
  readonly accessKeyId: string;
  readonly account: string;
  readonly type: "Account" | "RAMUser" | "AssumedRoleUser";
  readonly arn: string;
  readonly name: string;
  readonly principalId: string;
  /** Sets of policies, each of which must allow a call. An empty list allows everything. */
  readonly policies: readonly (readonly PolicyDocument[])[];
}

const DEFAULT_ACCOUNT = "1000000000000001";

export function accountOf(key: AccessKey): string {
  return key.accountId ?? DEFAULT_ACCOUNT;
}

/** Returns the key. Throws an EmulatorError if it is not valid. */
export function checkedKey(key: AccessKey): AccessKey {
  if (!key.accessKeyId || !key.accessKeySecret) throw new EmulatorError("An AccessKey is incomplete. Set accessKeyId and accessKeySecret.");
  if (!/^\d{1,16}$/.test(accountOf(key)))
    throw new EmulatorError(`The accountId of AccessKey ${key.accessKeyId} is "${key.accountId}". Allowed: up to 16 digits.`);
  if (key.status !== undefined && !["Active", "Inactive", "Disabled"].includes(key.status))
    throw new EmulatorError(`The status of AccessKey ${key.accessKeyId} is "${key.status}". Allowed: Active, Inactive, Disabled.`);
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
