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

/** `npm run lint` checks these types: users of TypeScript rely on them, whatever changes for jsii. */
type Same<A, B> = [A, B, keyof A, keyof B] extends [B, A, keyof B, keyof A] ? true : never;
const same = <A, B>(holds: Same<A, B>) => holds;

test("the copies and exports of a pipeline have the props of ImageCopy and ImageExport, except those that the pipeline sets", () => {
  same<ImageTaskPipelineCopy, Omit<ImageCopyProps, "imageId" | "sourceRegion" | "region"> & { region: string; id?: string }>(true);
  same<ImageTaskPipelineExport, Omit<ImageExportProps, "imageId" | "region"> & { region?: string; id?: string }>(true);
  same<ImageCopyProps, ImageTaskProps & ImageCopyArguments>(true);
  same<ImageExportProps, ImageTaskProps & ImageExportArguments>(true);
});

test("the defaults of a pipeline are the props that every step has", () => {
  same<
    NonNullable<ImageTaskPipelineProps["defaults"]>,
    Pick<ImageTaskProps, "timeout" | "onTimeout" | "onInterrupt" | "timeouts" | "provider" | "showProgress">
  >(true);
});

test("props with fixed values have literal types", () => {
  same<ImageTaskProps["onTimeout"], "cancel" | "detach" | undefined>(true);
  same<ImageCopyProps["encrypted"], boolean | IResolvable | undefined>(true);
  same<ImageTaskProps["forEach"], ITerraformIterator | undefined>(true);
});

test("the errors and the generated resources are exported as classes and types", () => {
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

test("the steps of a pipeline are assignable to a readonly list; props must be mutable arrays", () => {
  const read = (pipeline: ImageTaskPipeline): readonly unknown[] => pipeline.copies;
  expect(read({ copies: [] } as unknown as ImageTaskPipeline)).toEqual([]);
  const frozen: readonly string[] = ["image-builds"];
  // @ts-expect-error jsii has no arrays that cannot be written to
  const props: ImageTaskRolesProps = { importBuckets: frozen };
  expect({ importBuckets: [...frozen] } satisfies ImageTaskRolesProps).toEqual(props);
});
