import fc from "fast-check";
import { ImageList } from "../../../lib/emulator/state/image-list";
import type { Image, ImageStatus } from "../../../lib/emulator/values/model";

const STATUSES = ["Creating", "Available", "CreateFailed"] as const satisfies readonly ImageStatus[];
const ALIASES = ["self", "marketplace"] as const;

const step = fc.oneof(
  fc.record({ do: fc.constant("add" as const), status: fc.constantFrom(...STATUSES), ownerAlias: fc.constantFrom(...ALIASES) }),
  fc.record({ do: fc.constant("remove" as const), which: fc.nat() }),
  fc.record({ do: fc.constant("change" as const), which: fc.nat(), status: fc.constantFrom(...STATUSES) }),
);

test("an image list has all images newest first and counts them by status, after any additions, changes and removals", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const list = new ImageList();
      const model: Image[] = [];
      for (const step of steps) {
        if (step.do === "add") {
          const image = { status: step.status, ownerAlias: step.ownerAlias } as Image;
          model.push(image);
          list.add(image);
        } else if (model.length > 0 && step.do === "remove") {
          const [image] = model.splice(step.which % model.length, 1);
          list.remove(image!);
          list.remove(image!);
        } else if (model.length > 0 && step.do === "change") {
          const image = model[step.which % model.length]!;
          image.status = step.status;
          list.recount(image);
        }
      }
      const seen = [...list.newestFirst()];
      expect(seen.length).toBe(list.size);
      expect(seen.length).toBe(model.length);
      seen.forEach((image, index) => expect(image).toBe(model[model.length - 1 - index]));
      for (const status of STATUSES)
        expect(list.count([status], ["self"])).toBe(model.filter((image) => image.status === status && image.ownerAlias === "self").length);
      expect(list.count(STATUSES, ALIASES)).toBe(model.length);
    }),
  );
});
