import { parseGuardrails, parseGuardrailsJson } from "../../../lib/contract/guardrails";

test("rules of every kind are read", () => {
  const rules = {
    buckets: ["golden-*"],
    regions: ["cn-*"],
    encryptCopies: true,
    kmsKeys: ["key-1"],
    forbidDetach: true,
    requiredTags: { team: "*" },
    maxTimeout: "3h",
    namePattern: "golden-*",
    retain: false,
    forbidCredentials: true,
    roles: ["image-*"],
    warnings: ["IT007"],
  };
  expect(parseGuardrailsJson(JSON.stringify(rules))).toEqual({ rules });
});

test.each([
  ["{", /not valid JSON/],
  ["[]", /not an object/],
  ['{"bucket": ["a"]}', /"bucket" is not a rule\. Did you mean "buckets"\?/],
  ['{"buckets": "a"}', /`buckets` must be a list of strings/],
  ['{"encryptCopies": "yes"}', /`encryptCopies` must be true or false/],
  ['{"requiredTags": ["team"]}', /`requiredTags` must be an object/],
  ['{"maxTimeout": "3 hours"}', /`maxTimeout` is "3 hours".*Write "3h"/],
  ['{"namePattern": ""}', /`namePattern` must be a string/],
  ['{"warnings": ["IT011"]}', /"IT011", which is not a rule/],
  ['{"__proto__": true, "constructor": 1}', /is not a rule/],
])("rules that are malformed or unknown are refused, as they would check nothing: %s", (text, message) => {
  const parsed = parseGuardrailsJson(text);
  expect("faults" in parsed && parsed.faults.join("\n")).toMatch(message);
});

test.each([
  ['{"buckets": ["a"],\n "buckets": ["*"]}', '"buckets" is given twice, on lines 1 and 2.'],
  ['{\r\n"requiredTags": {\r\n"team": "web", "\\u0074eam": "*"}}', '"team" is given twice, both times on line 3.'],
  ['{"warnings": ["IT001"], "warnings": [], "retain": true, "retain": false}', '"retain" is given twice'],
])("a duplicate key is refused, since JSON would silently use the last value: %s", (text, message) => {
  const parsed = parseGuardrailsJson(text);
  expect("faults" in parsed && parsed.faults.join("\n")).toContain(message);
});

test("the same key in two objects, and a text that looks like a key, are no duplicates", () => {
  const rules = { requiredTags: { buckets: "a", retain: '"retain": "x", {' }, buckets: ["buckets", "retain"], retain: true };
  expect(parseGuardrailsJson(JSON.stringify(rules, null, 2))).toEqual({ rules });
});

test("a prop that is undefined counts as not set", () => expect(parseGuardrails({ buckets: undefined })).toEqual({ rules: {} }));
