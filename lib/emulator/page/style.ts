/** The live page's style sheet. It follows the system's light or dark theme. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b2433; --soft: #5c677a; --line: #dfe4ec; --track: #e8ecf3; --back: #f3f5f9; --card: #fff; --run: #2563d9; --good: #15803d; --bad: #b91c1c; --off: #64748b; --wait: #a16207; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa5b8; --line: #2f3745; --track: #2b3342; --back: #10141b; --card: #191f29; --run: #7aa7ff; --good: #4cc38a; --bad: #ff8a80; --off: #9aa5b8; --wait: #e5b454; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--back); }
header { display: flex; align-items: center; gap: .5rem 1.25rem; flex-wrap: wrap; padding: 1rem 1.5rem; background: var(--card); border-bottom: 1px solid var(--line); }
h1 { font-size: 1.2rem; margin: 0; }
h2 { font-size: .95rem; margin: 0 0 .5rem; }
#counts { display: flex; gap: .4rem; flex-wrap: wrap; }
#notice { margin: 1rem 1.5rem 0; padding: .6rem 1rem; border: 1px solid var(--bad); border-radius: 8px; color: var(--bad); background: var(--card); }
main { display: grid; gap: 1rem; align-items: start; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); max-width: 112rem; margin: 0 auto; padding: 1rem 1.5rem 2rem; }
main > * { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem; overflow-x: auto; }
.wide { grid-column: 1 / -1; }
@media (max-width: 104rem) { main { grid-template-columns: minmax(0, 1fr); } }
.running, .cancelling { --tone: var(--run); } .waiting { --tone: var(--wait); } .finished { --tone: var(--good); } .failed { --tone: var(--bad); } .cancelled, .cancelling { --tone: var(--off); }
.task { display: grid; grid-template: "what ids stack bar left badge cancel" / 7rem minmax(12.5rem, 1.2fr) minmax(4rem, .6fr) minmax(6rem, 2fr) 10.5rem 6rem 4.5rem; gap: .1rem .9rem; align-items: center; padding: .35rem 0; min-height: 2.9rem; }
.task + .task { border-top: 1px solid var(--line); }
.task b { font-weight: 600; }
.what { grid-area: what; } .ids { grid-area: ids; min-width: 0; } .task .stack { grid-area: stack; } .bar { grid-area: bar; } .left { grid-area: left; } .task .badge { grid-area: badge; } .task button { grid-area: cancel; justify-self: start; }
.what > *, .ids > * { display: block; } small { color: var(--soft); }
.ids > *, .task .stack { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.stack, .reads { color: var(--soft); }
.bar { height: .75rem; border-radius: .4rem; background: var(--track); overflow: hidden; }
.bar > i { display: block; height: 100%; border-radius: inherit; background: var(--tone); transition: width 1s linear; }
.left { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.badge, .count { justify-self: start; display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: 12px; white-space: nowrap; color: var(--tone, var(--soft)); background: color-mix(in srgb, var(--tone, var(--soft)) 13%, transparent); }
.count { font-size: 13px; }
code { font: 12px/1.5 ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 500; font-size: 12px; color: var(--soft); }
th, td { padding: .28rem .8rem .28rem 0; white-space: nowrap; }
tbody tr { border-top: 1px solid var(--line); }
.name { max-width: 13rem; overflow: hidden; text-overflow: ellipsis; }
.none { margin: .4rem 0; color: var(--soft); }
button { font: inherit; font-size: 13px; padding: .15rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: transparent; color: var(--bad); cursor: pointer; }
button:hover { border-color: var(--bad); }
:focus-visible { outline: 2px solid var(--run); outline-offset: 1px; }
summary { cursor: pointer; font-weight: 600; }
#switches { columns: 20rem; column-gap: 1.5rem; margin-top: .8rem; }
fieldset { break-inside: avoid; margin: 0 0 .8rem; padding: .3rem .8rem .5rem; border: 1px solid var(--line); border-radius: 8px; }
legend { padding: 0 .3rem; font-weight: 600; }
label { display: flex; justify-content: space-between; align-items: center; gap: 1rem; min-height: 1.9rem; }
label > :not(span, [type=checkbox]) { width: 10rem; font: inherit; font-size: 13px; }
.reads td:nth-child(2) { white-space: normal; }
@media (max-width: 60rem) {
  .task { grid-template: "what ids left badge" "stack bar bar cancel" / 7rem minmax(0, 1fr) 10.5rem 6rem; }
  .left { text-align: right; }
}
@media (max-width: 40rem) {
  header, main { padding-left: .75rem; padding-right: .75rem; } main > * { padding: .8rem .8rem; }
  .task { grid-template: "what badge" "ids cancel" "stack stack" "bar bar" "left left" / minmax(0, 1fr) auto; gap: .3rem .7rem; padding: .7rem 0; }
  .left { text-align: left; } .what { display: flex; gap: .5rem; align-items: baseline; } .task .stack:empty { display: none; } .task .badge, .task button { justify-self: end; } .task button { padding: .35rem .9rem; }
  thead { display: none; } table, tbody { display: block; }
  tr { display: grid; gap: 0 .6rem; padding: .5rem 0; align-items: baseline; } td { padding: 0; min-width: 0; } td:empty { display: none; }
  .images tr { grid-template: "name status" "id id" "stack region" / minmax(0, 1fr) auto; }
  .images td:nth-child(1) { grid-area: id; } .images td:nth-child(2) { grid-area: name; font-weight: 600; max-width: none; } .images td:nth-child(3) { grid-area: stack; } .images td:nth-child(4) { grid-area: region; color: var(--soft); } .images td:nth-child(5) { grid-area: status; }
  td:nth-child(5), .images td:nth-child(4), .calls td:nth-child(3) { justify-self: end; }
  .calls tr { grid-template: "action outcome" "about about" "time region" / minmax(0, 1fr) auto; }
  .calls td { overflow: hidden; text-overflow: ellipsis; } .calls td:nth-child(1) { grid-area: time; color: var(--soft); } .calls td:nth-child(2) { grid-area: action; white-space: normal; } .calls td:nth-child(3) { grid-area: region; color: var(--soft); } .calls td:nth-child(4) { grid-area: about; max-width: none; } .calls td:nth-child(5) { grid-area: outcome; } .calls .badge { max-width: 60vw; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
}
@media (prefers-reduced-motion: reduce) { .bar > i { transition: none; } }
`;
