import { toXml } from "../../../lib/emulator/protocol/xml";

test("in XML an array repeats its name, an object nests, and special characters are escaped", () => {
  expect(toXml("R", { A: [1, { B: "<&>\"'" }], C: { D: [] }, E: undefined, F: false })).toBe(
    "<?xml version='1.0' encoding='UTF-8'?><R><A>1</A><A><B>&lt;&amp;&gt;&quot;&apos;</B></A><C></C><F>false</F></R>",
  );
});
