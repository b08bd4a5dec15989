import type { EcsGateway } from "./gateway";
import { describeOperation, type Operation } from "./operation";

/** Names an operation in messages and logs. */
export type Describe = (operation: Operation) => string;

/** The names of the images that this process has met. An operation's id holds no name, and messages are to have one. */
export class ImageNames {
  private readonly names = new Map<string, string>();

  learn(imageId: string | null, name: string | null | undefined): void {
    if (imageId !== null && name) this.names.set(imageId, name);
  }

  readonly describe: Describe = (operation) => describeOperation(operation, this.names.get(operation.imageId ?? ""));

  /** A gateway from whose requests and answers the names are learned. */
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
