import { Token } from "cdktf";
import type { Issue } from "../contract/values";
import { exportId, homeRegion, type PipelineSteps } from "./pipeline-steps";

/** Checks that the steps of a pipeline fit together. The constructs of the steps check their own props. */
export function checkPipeline(props: PipelineSteps): Issue[] {
  const copies = props.copies ?? [];
  const exports = props.exports ?? [];
  const regions = copies.map((copy) => copy.region);
  const home = homeRegion(props);
  return [
    ...checkSource(props, copies.length > 0),
    ...checkUnique(
      "copies",
      copies.map((copy) => copy.region),
      (region) => `go to ${JSON.stringify(region)}. A pipeline makes one copy per region: remove one, or use an ImageCopy.`,
    ),
    ...checkUnique(
      "exports",
      exports.map((item) => item.id ?? exportId(item.region)),
      (id) => `have the id ${JSON.stringify(id)}. Give each its own \`id\`.`,
    ),
    ...["copies", "exports"].flatMap((list) => checkIds(list, list === "copies" ? copies : exports)),
    ...exports.flatMap(({ region }, index) =>
      region === undefined || hasImageIn(region, home, regions) ? [] : [noImageIn(region, home, regions, ["exports", index, "region"])],
    ),
  ];
}

function checkSource(props: PipelineSteps, hasCopies: boolean): Issue[] {
  if ((props.import === undefined) === (props.imageId === undefined)) {
    const detail = props.import === undefined ? "Neither `import` nor `imageId` is set." : "Both `import` and `imageId` are set.";
    return [
      {
        path: ["import"],
        summary: "A pipeline begins with one image",
        detail: `${detail} Set \`import\` to import an image, or \`imageId\` to begin with an existing one.`,
      },
    ];
  }
  if (props.import?.region !== undefined && props.region !== undefined && props.import.region !== props.region) {
    return [
      {
        path: ["region"],
        summary: "Two regions for one image",
        detail: `\`region\` is ${JSON.stringify(props.region)} and \`import.region\` is ${JSON.stringify(props.import.region)}. Set one of them.`,
      },
    ];
  }
  if (props.imageId !== undefined && props.region === undefined && hasCopies) {
    return [
      {
        path: ["region"],
        summary: "Unknown region of the image",
        detail: "`region` is not set, but a copy needs the region of its source. Set `region` to the region of `imageId`.",
      },
    ];
  }
  return [];
}

function checkUnique(list: string, keys: readonly string[], explain: (key: string) => string): Issue[] {
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key);
    return first === index
      ? []
      : [
          {
            path: [list, index],
            summary: `Duplicate ${list}`,
            detail: `Items ${first + 1} and ${index + 1} of \`${list}\` ${explain(key)}`,
          },
        ];
  });
}

/** Construct ids must be known at synth. */
function checkIds(list: string, items: readonly { readonly id?: string; readonly region?: string }[]): Issue[] {
  return items.flatMap(({ id, region }, index) =>
    id !== undefined || !Token.isUnresolved(region)
      ? []
      : [
          {
            path: [list, index, "id"],
            summary: "Missing id",
            detail: `The region of item ${index + 1} of \`${list}\` is known only to Terraform, so it cannot become a construct id. Set the item's \`id\`.`,
          },
        ],
  );
}

/** If the pipeline's own region comes from the provider, it may be any region. */
function hasImageIn(region: string, home: string | undefined, copied: readonly string[]): boolean {
  return region === home || copied.includes(region) || (home === undefined && copied.length === 0) || Token.isUnresolved(home);
}

/** The issue that the pipeline has no image in the region. */
export function noImageIn(region: string, home: string | undefined, copied: readonly string[], path: Issue["path"]): Issue {
  const regions = home === undefined ? copied : [home, ...copied];
  const there =
    regions.length > 0
      ? `It has one in ${regions.map((known) => JSON.stringify(known)).join(", ")}.`
      : "The region of its own image is not known at synth.";
  return {
    path,
    summary: "No image in this region",
    detail: `\`region\` is ${JSON.stringify(region)}, where the pipeline has no image. ${there} Choose one of those, or add a copy.`,
  };
}
