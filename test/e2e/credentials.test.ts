import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callRpc } from "../emulator/support/signed";
import { ACCESS_KEY, callsOf, letTasksEnd, REGION, SECRET_KEY, until, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const ROLE = "acs:ram::1000000000000001:role/importer";
const ONE_SECOND = { taskDuration: "1s" } as const;

describe("credentials", () => {
  test.concurrent("contract row 14: are in no output, log, state or plan, even with TF_LOG=trace", () =>
    withBench({ ...ONE_SECOND, env: { TF_LOG: "trace" } }, async ({ ecs, tf }) => {
      // From the environment, because Terraform itself copies the configuration into a saved plan.
      const env = { ALICLOUD_ACCESS_KEY: ACCESS_KEY, ALICLOUD_SECRET_KEY: SECRET_KEY };
      tf.write(providerBlock(ecs, `assume_role {\n role_arn = "${ROLE}"\n }`).replace(/(access|secret)_key = ".*"\n/g, "") + importing());
      const runs = [];
      runs.push(exited(await tf.start(["plan", "-input=false", "-out=saved.plan"], { env }).done));
      runs.push(exited(await tf.start(["apply", "-input=false", "saved.plan"], { env }).done));
      ecs.faults.add({
        action: "DescribeImages",
        error: { code: "SignatureDoesNotMatch", message: `server string to sign is: ${SECRET_KEY}&` },
      });
      runs.push(exited(await tf.start(["plan", "-input=false"], { env }).done, 1));

      const session = callsOf(ecs, "ImportImage")[0]!.accessKeyId!;
      expect(session).not.toBe(ACCESS_KEY);
      const texts = [
        ...runs.map(({ output }) => output),
        readFileSync(join(tf.folder, "terraform.tfstate"), "utf8"),
        exited(await tf.start(["show", "-json", "saved.plan"], { env }).done).output,
      ];
      for (const text of texts) {
        expect(text.length).toBeGreaterThan(100);
        expect(text).not.toContain(SECRET_KEY);
        expect(text).not.toContain("SecurityToken=");
      }
      for (const text of texts.slice(-2)) expect([ACCESS_KEY, session].filter((key) => text.includes(key))).toEqual([]);
      // The signature of a request is not secret, but its token is.
      expect(texts.join("")).not.toMatch(/"?security[-_]?token"?\s*[:=]\s*"?[A-Za-z0-9+/=]{16,}/i);
    }),
  );

  test.concurrent("can come from the environment alone, with region, protocol and endpoint", () =>
    withBench(ONE_SECOND, async ({ ecs, tf }) => {
      tf.write('provider "imagetask" {}\n' + importing());
      const env = {
        ECS_ENDPOINT: ecs.endpoint,
        ALICLOUD_REGION: REGION,
        ALICLOUD_PROTOCOL: "HTTP",
        ALICLOUD_ACCESS_KEY: ACCESS_KEY,
        ALICLOUD_SECRET_KEY: SECRET_KEY,
      };
      exited(await tf.start(["apply", "-auto-approve"], { env }).done);
      const sdk = {
        ECS_ENDPOINT: ecs.endpoint,
        ALIBABA_CLOUD_REGION: REGION,
        ALIBABA_CLOUD_PROTOCOL: "http",
        ALIBABA_CLOUD_ACCESS_KEY_ID: ACCESS_KEY,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: SECRET_KEY,
      };
      exited(await tf.start(["plan", "-detailed-exitcode"], { env: sdk }).done);
      exited(await tf.start(["destroy", "-auto-approve"], { env: sdk }).done);
      expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("can assume a role, and ECS refuses what the role may not do with the right to allow", () =>
    withBench(
      {
        ...ONE_SECOND,
        roles: [
          {
            arn: ROLE,
            policies: [{ Version: "1", Statement: [{ Effect: "Allow", Action: ["ecs:Describe*", "ecs:CancelTask"], Resource: "*" }] }],
          },
        ],
      },
      async ({ ecs, tf }) => {
        tf.write(providerBlock(ecs, `assume_role {\n role_arn = "${ROLE}"\n session_name = "e2e"\n }`) + importing());

        const { output } = exited(await tf.apply(), 1);

        expect(callsOf(ecs, "AssumeRole").map(({ outcome }) => outcome.status)).toContain(200);
        expect(output).toContain("Forbidden.RAM");
        expect(output).toContain("Allow ecs:ImportImage in the RAM policy of these credentials");
        expect(ecs.tasks).toEqual([]);
      },
    ),
  );

  test.concurrent("of a role are renewed during a wait, before they expire", () =>
    // The SDK renews a session a quarter of an hour before its end.
    withBench({ taskDuration: "10m", sessionLifetime: 904_000 }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs, `assume_role {\n role_arn = "${ROLE}"\n }`) + importing());
      const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
      const looks = (): string[] => callsOf(ecs, "DescribeTaskAttribute").map(({ accessKeyId }) => accessKeyId!);
      await until("looks with one key, then with another", () => new Set(looks()).size > 1 && new Set(looks()).size < looks().length);
      letTasksEnd(ecs);
      exited(await apply.done);
      expect(ecs.calls.filter(({ outcome }) => outcome.status !== 200)).toEqual([]);
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("of a profile that expire during a wait are read again from the file that something has renewed", () =>
    withBench({ taskDuration: "10m", sessionLifetime: 8_000 }, async ({ ecs, tf }) => {
      const file = join(tf.folder, "profiles.json");
      const renew = async (): Promise<void> => {
        const params = { RoleArn: ROLE, RoleSessionName: "ci" };
        const request = { action: "AssumeRole", version: "2015-04-01", format: "JSON", id: ACCESS_KEY, secret: SECRET_KEY, params };
        const { Credentials: session } = JSON.parse((await callRpc(ecs.url, request, "POST")).text) as {
          Credentials: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string };
        };
        const profile = {
          name: "ci",
          mode: "StsToken",
          access_key_id: session.AccessKeyId,
          access_key_secret: session.AccessKeySecret,
          sts_token: session.SecurityToken,
        };
        writeFileSync(file, JSON.stringify({ current: "ci", profiles: [profile] }));
      };
      const refused = (): number => ecs.calls.filter(({ outcome }) => outcome.code === "InvalidSecurityToken.Expired").length;
      tf.write(providerBlock(ecs, `shared_credentials_file = "${file}"`).replace(/(access|secret)_key = ".*"\n/g, "") + importing());
      await renew();
      const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
      await until("the session to expire", () => refused() > 0 && ecs.running.length > 0);
      letTasksEnd(ecs);
      await renew();
      const renewing = setInterval(() => void renew(), 4_000);
      try {
        exited(await apply.done);
        exited(await tf.destroy());
      } finally {
        clearInterval(renewing);
      }
      expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("can come from the aliyun CLI's configuration: the current profile, a named one, or another file", () =>
    withBench(ONE_SECOND, async ({ ecs, tf }) => {
      const profiles = [
        { name: "default", mode: "AK", access_key_id: ACCESS_KEY, access_key_secret: SECRET_KEY },
        { name: "stale", mode: "AK", access_key_id: "LTAI5tStaleStaleStale", access_key_secret: "stale-stale-stale" },
      ];
      const file = JSON.stringify({ current: "default", profiles });
      mkdirSync(join(tf.home, ".aliyun"));
      writeFileSync(join(tf.home, ".aliyun/config.json"), file);
      writeFileSync(join(tf.folder, "elsewhere.json"), file.replace('"current":"default"', '"current":"stale"'));
      const bare = (more = ""): string =>
        providerBlock(ecs, more).replace(/(access|secret)_key = ".*"\n/g, "") + importing("web", { completion: null });

      tf.write(bare('profile = "default"'));
      exited(await tf.apply());
      tf.write(bare());
      exited(await tf.plan());
      tf.write(bare('shared_credentials_file = "./elsewhere.json"'));
      const stale = exited(await tf.plan(), 1);
      expect(stale.output).toContain("InvalidAccessKeyId.NotFound");
      expect(stale.output).not.toContain("stale-stale-stale");
      tf.write(bare('shared_credentials_file = "./elsewhere.json"\nprofile = "none"'));
      expect(exited(await tf.plan(), 1).output).toMatch(/has\s+no\s+profile\s+"none"/);
      expect(readdirSync(tf.home).sort()).toEqual([".aliyun", ".cache"]);
    }),
  );
});
