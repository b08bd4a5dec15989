const run = async ({ ledger, config, saw, need }) => {
  const started = ledger.entries.length;
  const left = await ledger.settleAll();
  saw(left.length > 0 ? left.join("; ") : `nothing left of ${config.prefix}${started > 0 ? `, ${started} settled at the end` : ""}`);
  need(left.length === 0, "nothing left: see to what is named, by hand");
};

/** Cancels and deletes what the checks left, whatever their outcome. */
export const cleanup = { name: "cleanup", full: true, always: true, run };

/** Only the clean-up, for a run that crashed. */
export const cleaning = cleanup;
