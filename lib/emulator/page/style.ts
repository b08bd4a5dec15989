/** The live page's looks; light and dark as the system has it. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #667085; --line: #d9dee7; --back: #f6f8fb; --card: #fff; --run: #2f6fde; --good: #2a9d5c; --bad: #c8453b; --off: #98a2b3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3; --line: #323a48; --back: #12161d; --card: #1b212b; --run: #6b9cf5; --good: #4cc38a; --bad: #f0766b; --off: #667085; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--back); }
header { display: flex; align-items: baseline; gap: 1.5rem; padding: 1rem 1.5rem 0; flex-wrap: wrap; }
h1 { font-size: 1.25rem; margin: 0; } h2 { font-size: 1rem; margin: 0 0 .6rem; }
#counts { margin: 0; color: var(--soft); }
main { display: grid; gap: 1rem; padding: 1rem 1.5rem 2rem; }
section, details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; overflow-x: auto; }
.task { display: grid; grid-template-columns: 7.5rem 13rem 1fr 6.5rem 5rem; gap: .75rem; align-items: center; padding: .25rem 0; }
.bar { height: .7rem; border-radius: .35rem; background: var(--line); overflow: hidden; }
.bar > i { display: block; height: 100%; background: var(--run); }
.finished .bar > i { background: var(--good); } .failed .bar > i { background: var(--bad); } .cancelled .bar > i { background: var(--off); }
code { font: 12px ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--soft); } th, td { padding: .2rem .75rem .2rem 0; white-space: nowrap; }
.refused { color: var(--bad); } .none { color: var(--soft); }
button { font: inherit; padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: transparent; color: var(--bad); cursor: pointer; }
button:hover { border-color: var(--bad); }
summary { cursor: pointer; font-weight: 600; }
#switches { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: .3rem 1.5rem; margin-top: .8rem; }
#switches label { display: flex; justify-content: space-between; gap: 1rem; } #switches input:not([type=checkbox]), #switches select { width: 9rem; font: inherit; }
`;
