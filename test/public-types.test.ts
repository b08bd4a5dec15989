import type { IResolvable, ITerraformIterator } from "cdktf";
import {
  ImagetaskCompletion,
  ImagetaskCopy,
  ImageTaskValidationError,
  ProviderPackageError,
  type DataImagetaskTasks,
  type DataImagetaskTasksConfig,
  type ImageCopyArguments,
  type ImageCopyProps,
  type ImageExportArguments,
  type ImageExportProps,
  type ImagetaskCompletionConfig,
  type ImagetaskCopyConfig,
  type ImagetaskExport,
  type ImagetaskExportConfig,
  type ImagetaskImport,
  type ImagetaskImportConfig,
  type ImageTaskIssue,
  type ImageTaskPipeline,
  type ImageTaskPipelineCopy,
  type ImageTaskPipelineExport,
  type ImageTaskPipelineProps,
  type ImageTaskPolicyDocument,
  type ImageTaskPolicyStatement,
  type ImageTaskProps,
  type ImageTaskRolesProps,
} from "../lib";
import { imagetask } from "../lib";

/** The type check of `npm run lint` is the test: whatever jsii needs, TypeScript's users keep these types. */
type Same<A, B> = [A, B] extends [B, A] ? true : never;
const same = <A, B>(holds: Same<A, B>) => holds;

test("a pipeline's copies and exports take what those of their own take, but for what the pipeline sets", () => {
  same<ImageTaskPipelineCopy, Omit<ImageCopyProps, "imageId" | "sourceRegion" | "region"> & { region: string; id?: string }>(true);
  same<ImageTaskPipelineExport, Omit<ImageExportProps, "imageId" | "region"> & { region?: string; id?: string }>(true);
  same<ImageCopyProps, ImageTaskProps & ImageCopyArguments>(true);
  same<ImageExportProps, ImageTaskProps & ImageExportArguments>(true);
});

test("a pipeline's defaults are the props of waiting", () => {
  same<
    NonNullable<ImageTaskPipelineProps["defaults"]>,
    Pick<ImageTaskProps, "timeout" | "onTimeout" | "onInterrupt" | "timeouts" | "provider">
  >(true);
});

test("values that ECS knows are still told apart by their spelling", () => {
  same<ImageTaskProps["onTimeout"], "cancel" | "detach" | undefined>(true);
  same<ImageCopyProps["encrypted"], boolean | IResolvable | undefined>(true);
  same<ImageTaskProps["forEach"], ITerraformIterator | undefined>(true);
});

test("the errors and the generated resources are classes and types under their names", () => {
  const caught: unknown = new ImageTaskValidationError("stack/web", []);
  expect(caught instanceof ImageTaskValidationError && caught.issues).toEqual([]);
  const issues = (error: ImageTaskValidationError): readonly ImageTaskIssue[] => error.issues;
  expect(issues(caught as ImageTaskValidationError)).toEqual([]);
  expect((new ProviderPackageError("missing") satisfies ProviderPackageError).code).toBe("ProviderPackageMissing");
  expect([ImagetaskCompletion, ImagetaskCopy]).toEqual([imagetask.Completion, imagetask.Copy]);
  same<ImagetaskCompletionConfig, imagetask.CompletionConfig>(true);
  same<ImagetaskCopyConfig, imagetask.CopyConfig>(true);
  same<ImagetaskExportConfig, imagetask.ExportConfig>(true);
  same<ImagetaskImportConfig, imagetask.ImportConfig>(true);
  same<DataImagetaskTasksConfig, imagetask.DataImagetaskTasksConfig>(true);
  same<[ImagetaskExport, ImagetaskImport, DataImagetaskTasks], [imagetask.Export, imagetask.Import, imagetask.DataImagetaskTasks]>(true);
  same<ImageTaskPolicyDocument["Statement"], readonly ImageTaskPolicyStatement[]>(true);
});

test("what a pipeline has made can be read as a list that stays as it is; only arguments have to be arrays of one's own", () => {
  const read = (pipeline: ImageTaskPipeline): readonly unknown[] => pipeline.copies;
  expect(read({ copies: [] } as unknown as ImageTaskPipeline)).toEqual([]);
  const frozen: readonly string[] = ["image-builds"];
  // @ts-expect-error jsii has no arrays that cannot be written to
  const props: ImageTaskRolesProps = { importBuckets: frozen };
  expect({ importBuckets: [...frozen] } satisfies ImageTaskRolesProps).toEqual(props);
});
