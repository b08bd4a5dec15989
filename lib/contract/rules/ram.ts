import { shown, type TextCheck } from "./finding";

/** The name of a RAM role that ECS assumes. */
export const checkRoleName: TextCheck = (value, argument) => {
  if (/^[\w.-]{1,64}$/.test(value)) return null;
  const name = /^acs:ram::\d*:role\/(.+)$/.exec(value)?.[1];
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}. A role's name has 1 to 64 letters, digits, ".", "_" or "-".${name ? ` Write only the name: ${shown(name)}.` : " Omit it to use ECS's default role."}`,
  };
};

/** The ARN of a role to assume. */
export const checkRoleArn: TextCheck = (value, argument) => {
  if (/^acs:ram::\d+:role\/[\w./-]+$/.test(value)) return null;
  return {
    summary: "Invalid role ARN",
    detail: `\`${argument}\` is ${shown(value)}. A role's ARN has the form "acs:ram::ACCOUNT_ID:role/ROLE_NAME". The RAM console shows it on the role's page.`,
  };
};

/** The ARN of an OIDC identity provider. */
export const checkOidcProviderArn: TextCheck = (value, argument) => {
  if (/^acs:ram::\d+:oidc-provider\/\S+$/.test(value)) return null;
  return {
    summary: "Invalid OIDC provider ARN",
    detail: `\`${argument}\` is ${shown(value)}. It must have the form "acs:ram::ACCOUNT_ID:oidc-provider/NAME". The RAM console shows it under SSO.`,
  };
};
