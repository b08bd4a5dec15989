import { randomBytes } from "node:crypto";
import type { PolicyDocument } from "./policy";
import type { Principal } from "./principal";

/** Temporary credentials that AssumeRole issued. */
export interface Session {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  /** Milliseconds since the epoch, by the wall clock. */
  readonly expiresAt: number;
  readonly principal: Principal;
}

export interface SessionRequest {
  readonly account: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly policies: readonly (readonly PolicyDocument[])[];
  readonly expiresAt: number;
}

/** The sessions of assumed roles. */
export class Sessions {
  private readonly byKey = new Map<string, Session>();
  private changed: Session[] = [];

  open(request: SessionRequest): Session {
    const accessKeyId = `STS.${token(18)}`;
    const roleName = request.roleArn.split("/").pop()!;
    const principal: Principal = {
      accessKeyId,
      account: request.account,
      type: "AssumedRoleUser",
      arn: `acs:ram::${request.account}:assumed-role/${roleName}/${request.sessionName}`,
      name: `${roleName}:${request.sessionName}`,
      principalId: `3${request.account.slice(1)}:${request.sessionName}`,
      policies: request.policies,
    };
    const session: Session = {
      accessKeyId,
      accessKeySecret: token(33),
      securityToken: `CAIS${token(180)}`,
      expiresAt: request.expiresAt,
      principal,
    };
    this.byKey.set(accessKeyId, session);
    this.changed.push(session);
    return session;
  }

  find(accessKeyId: string): Session | undefined {
    return this.byKey.get(accessKeyId);
  }

  all(): Iterable<Session> {
    return this.byKey.values();
  }

  /** The sessions opened since the last call of this method. */
  takeChanged(): Session[] {
    const { changed } = this;
    this.changed = [];
    return changed;
  }

  /** Adds a session from the state file. */
  restore(session: Session): void {
    this.byKey.set(session.accessKeyId, session);
  }
}

function token(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}
