/** The options of every start. */
export interface StartOptions {
  readonly startKey: string;
  /** Also take over a finished image of an earlier run: safe only if nobody else can use the same key or name. */
  readonly takeOverMade: boolean;
  /** The first token generation to try, after those whose operations have ended. */
  readonly generation: number;
  /** The time on the clock after which no attempt begins. */
  readonly until: number;
}
