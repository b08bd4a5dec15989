import { parseEcsTime } from "../../../lib/handler/task/parse-ecs-time";

test.each([
  ["2020-11-24T12:50Z", Date.UTC(2020, 10, 24, 12, 50)],
  ["2020-11-24T12:50:30Z", Date.UTC(2020, 10, 24, 12, 50, 30)],
  [undefined, 7],
  ["", 7],
  ["yesterday", 7],
])("the ECS time %j is read as %d, or as the default 7", (text, time) => expect(parseEcsTime(text, 7)).toBe(time));
