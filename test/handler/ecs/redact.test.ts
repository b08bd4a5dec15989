import fc from "fast-check";
import { Redactor } from "../../../lib/handler/ecs/redact";

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const secrets = fc.array(fc.string({ unit: fc.constantFrom(...'abcDEF0189+/=*!~ "\\'), minLength: 6, maxLength: 40 }), {
  minLength: 1,
  maxLength: 4,
});
const forms: ((secret: string) => string)[] = [
  (secret) => secret,
  encode,
  (secret) => encode(encode(secret)),
  (secret) => JSON.stringify(secret).slice(1, -1),
];

describe("contract row 14: redaction", () => {
  test("removes every secret, plain, as a parameter, as a signed parameter and in JSON, even if one contains another", () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...forms), (given, form) => {
        const all = [...given, `${given[0]!}longer`];
        const redactor = new Redactor();
        all.forEach((secret) => redactor.add(secret));
        const text = all.map((secret) => `<${form(secret)}>`).join("");
        const cleaned = redactor.clean(text);
        for (const secret of all) expect(cleaned).not.toContain(`<${form(secret)}>`);
        expect(cleaned).toBe(all.map(() => "<***>").join(""));
      }),
      { numRuns: 500 },
    );
  });

  test("leaves text without secrets as it is", () => {
    const redactor = new Redactor();
    redactor.add("abcdef");
    redactor.add("short");
    redactor.add("");
    redactor.add(undefined);
    redactor.add(null);
    expect(redactor.clean("a short text")).toBe("a short text");
  });
});
