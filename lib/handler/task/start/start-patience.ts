/** Milliseconds. After ECS's answer to a start was lost, the start is repeated for this long to learn what became of it. */
export const REPLAY = 120_000;

/** Milliseconds. The pause before another attempt while another task uses the image or its name, or the account's quota is used up. */
export const IN_USE_PAUSE = 5_000;
