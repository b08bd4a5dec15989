import fc from "fast-check";
import { clientToken } from "../../../../lib/handler/task/start/client-token";

const requests = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== "__proto__"),
  fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), fc.string()),
  ),
  { minKeys: 1, maxKeys: 6 },
);
const reversed = (value: object): object => Object.fromEntries(Object.entries(value).reverse());

describe("contract row 6: the client token", () => {
  test("is at most 64 ASCII characters", () => {
    fc.assert(
      fc.property(fc.string(), requests, fc.nat(), (key, request, generation) =>
        expect(clientToken(key, request, generation)).toMatch(/^[\x21-\x7e]{1,64}$/),
      ),
    );
  });

  test("is the same for the same request, in any order of its parameters", () => {
    fc.assert(
      fc.property(fc.string(), requests, fc.nat(), (key, request, generation) => {
        expect(clientToken(key, reversed(request), generation)).toBe(clientToken(key, request, generation));
        expect(clientToken(key, { ...request, absent: undefined }, generation)).toBe(clientToken(key, request, generation));
      }),
    );
  });

  test("changes with the key, the generation, and any part of the request", () => {
    fc.assert(
      fc.property(fc.string(), requests, fc.nat(), fc.string(), (key, request, generation, text) => {
        const token = clientToken(key, request, generation);
        expect(clientToken(`${key}x`, request, generation)).not.toBe(token);
        expect(clientToken(key, request, generation + 1)).not.toBe(token);
        const [first] = Object.keys(request);
        expect(clientToken(key, { ...request, [first!]: [request[first!], text] }, generation)).not.toBe(token);
        const without = Object.fromEntries(Object.entries(request).slice(1));
        expect(clientToken(key, without, generation)).not.toBe(token);
      }),
    );
  });

  test("changes with the order of a list, such as the disks", () => {
    expect(clientToken("k", { disks: ["a", "b"] }, 0)).not.toBe(clientToken("k", { disks: ["b", "a"] }, 0));
  });
});
