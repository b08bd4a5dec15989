import fc from "fast-check";
import { ImageList } from "../../lib/emulator/image-list";
import type { Image } from "../../lib/emulator/model";

test("it lists what was added and not removed, the newest first, however often things come and go", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant("add" as const), fc.nat()), { maxLength: 200 }), (steps) => {
      const list = new ImageList();
      const model: Image[] = [];
      for (const step of steps) {
        if (step === "add") {
          const image = {} as Image;
          model.push(image);
          list.add(image);
        } else if (model.length > 0) {
          const [image] = model.splice(step % model.length, 1);
          list.remove(image!);
          list.remove(image!);
        }
      }
      const seen = [...list.newestFirst()];
      expect(seen.length).toBe(list.size);
      expect(seen.length).toBe(model.length);
      seen.forEach((image, index) => expect(image).toBe(model[model.length - 1 - index]));
    }),
  );
});
