import type { EcsGateway } from "./gateway";
import { describeOperation, type Operation } from "./operation";

/** Names an operation in messages and logs. */
export type Describe = (operation: Operation) => string;

/** The names of the images that this process knows. Messages show them; an operation's id does not contain them. */
export class ImageNames {
  private readonly names = new Map<string, string>();

  learn(imageId: string | null, name: string | null | undefined): void {
    if (imageId !== null && name) this.names.set(imageId, name);
  }

  readonly describe: Describe = (operation) => describeOperation(operation, this.names.get(operation.imageId ?? ""));

  /** The same gateway; names are learned from its requests and answers. */
  learnFrom(gateway: EcsGateway): EcsGateway {
    return {
      ...gateway,
      importImage: async (region, request, token) => {
        const started = await gateway.importImage(region, request, token);
        this.learn(started.imageId, request.imageName);
        return started;
      },
      copyImage: async (region, request, token) => {
        const started = await gateway.copyImage(region, request, token);
        this.learn(started.imageId, request.imageName);
        return started;
      },
      describeImages: async (...call) => {
        const page = await gateway.describeImages(...call);
        for (const { imageId, name } of page.items) this.learn(imageId, name);
        return page;
      },
    };
  }
}
