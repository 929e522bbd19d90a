/**
 * Every colour, size and distance of the page. `tokens` goes to the document once and reaches all elements; `base` and
 * `rows` are shared by elements. The five tones were searched so that every two stay apart for people who see red and
 * green alike, and stand at 4.5:1 or more on a card and beside it (research: dashboard §3.7); a tone never comes without its word.
 */
import { css } from 'lit';

/** For eyes that need more: 7:1 and above, and lines as strong as the text. */
const strong = css`
  --bg: light-dark(#ffffff, #000000);
  --card: light-dark(#ffffff, #000000);
  --line: light-dark(#12171d, #e9edf2);
  --track: light-dark(#c9ced6, #3a4450);
  --fg: light-dark(#000000, #ffffff);
  --dim: light-dark(#2a313a, #d3dae2);
  --accent: light-dark(#00257d, #b4c8ff);
  --ok: light-dark(#00553d, #c7f6e2);
  --run: light-dark(#0f389e, #a9c0ff);
  --wait: light-dark(#594700, #f8d533);
  --bad: light-dark(#780d06, #ff938e);
  --off: light-dark(#1e2326, #c6cbd1);
`;

export const tokens = css`
  :root {
    color-scheme: light dark;
    /* A page that grows longer than the window must not grow narrower by that. */
    scrollbar-gutter: stable;
    --bg: light-dark(#f3f5f8, #05080c);
    --card: light-dark(#ffffff, #0d1117);
    --line: light-dark(#e2e6ec, #232b36);
    --track: light-dark(#e4e8ee, #242d39);
    --fg: light-dark(#12171d, #e9edf2);
    --dim: light-dark(#56606c, #9aa5b2);
    --accent: light-dark(#0f389e, #8cabff);

    --ok: light-dark(#067a5a, #c7f6e2);
    --run: light-dark(#0f389e, #6b92fe);
    --wait: light-dark(#836b0d, #f8d533);
    --bad: light-dark(#780d06, #ee3933);
    --off: light-dark(#1e2326, #848990);
    --bad-tint: color-mix(in oklab, var(--bad) 6%, var(--card));

    --space: 8px;
    --text: 15px;
    --target: 36px;
    --radius: 12px;
    --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
    --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    --small: 13px;
  }
  :root[data-theme='light'] {
    color-scheme: light;
  }
  :root[data-theme='dark'] {
    color-scheme: dark;
  }
  :root[data-theme='contrast'] {
    ${strong}
  }
  @media (prefers-contrast: more) {
    :root[data-theme='auto'] {
      ${strong}
    }
  }
  :root[data-density='compact'] {
    --space: 6px;
    --text: 14px;
    --small: 12px;
    --target: 30px;
  }
  @media (pointer: coarse), (max-width: 600px) {
    :root {
      --target: 44px;
    }
    :root[data-density='compact'] {
      --target: 44px;
    }
  }
  /* The person's own colours. Shapes and words tell the tones apart. */
  @media (forced-colors: active) {
    :root {
      --bg: Canvas;
      --card: Canvas;
      --line: CanvasText;
      --track: GrayText;
      --fg: CanvasText;
      --dim: CanvasText;
      --accent: LinkText;
      --ok: CanvasText;
      --run: CanvasText;
      --wait: CanvasText;
      --bad: CanvasText;
      --off: CanvasText;
    }
  }
  body {
    margin: 0;
    background: var(--bg);
    color: var(--fg);
    font: var(--text) / 1.5 var(--font);
    font-variant-numeric: tabular-nums;
    text-size-adjust: 100%;
    -webkit-text-size-adjust: 100%;
  }
`;

export const base = css`
  :host {
    display: block;
    min-width: 0;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  p {
    margin: 0;
    text-wrap: pretty;
  }
  strong {
    font-weight: 600;
  }
  code,
  .mono {
    font-family: var(--mono);
    font-size: 0.87em;
  }
  .dim {
    color: var(--dim);
  }
  .small {
    font-size: var(--small);
    line-height: 20px;
  }
  .bad {
    color: var(--bad);
  }
  .wait {
    color: var(--wait);
  }
  .nowrap {
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 4px;
  }
  /* A finger needs more than a word: what can be pressed reaches beyond it, and nothing moves for that. */
  @media (pointer: coarse) {
    :where(a[href]) {
      position: relative;
    }
    :where(a[href])::after {
      content: '';
      position: absolute;
      inset: min(0px, calc(50% - 22px));
    }
    :where(summary) {
      min-height: 44px;
      align-content: center;
    }
  }
`;

/** Buttons, fields and links, the same everywhere. `.main`: what most people want; `.danger`: what cannot be taken back. */
export const controls = css`
  a {
    color: var(--accent);
  }
  button,
  select,
  input,
  textarea,
  .button {
    min-height: var(--target);
    padding: 0 calc(1.5 * var(--space));
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--card);
    color: var(--fg);
    font: inherit;
    font-size: var(--small);
  }
  input,
  select,
  textarea {
    border-color: var(--dim);
    max-width: 100%;
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    cursor: pointer;
    text-decoration: none;
    white-space: nowrap;
  }
  button:hover:enabled,
  .button:hover {
    border-color: var(--dim);
  }
  button:disabled {
    background: none;
    color: var(--dim);
    cursor: not-allowed;
    border-style: dashed;
  }
  .main:enabled,
  a.main {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--card);
    font-weight: 600;
  }
  .danger:enabled {
    border-color: var(--bad);
    color: var(--bad);
    font-weight: 600;
  }
`;

/**
 * A panel's rows: one thing each, parted by a hairline. A row has a lead (its status), a body (its name, then what is to be
 * said of it) and an end (its time). Where it is narrow, lead and end share the first line and the body takes the next.
 */
export const rows = css`
  li {
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    overflow-wrap: anywhere;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .row {
    display: flex;
    align-items: baseline;
    gap: 0 calc(1.5 * var(--space));
  }
  .lead {
    flex: 0 0 12ch;
    font-weight: 600;
  }
  .body {
    flex: 1 1 0;
    min-width: 0;
  }
  .end {
    flex: none;
    max-width: 60%;
    text-align: right;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--space));
    margin-top: 2px;
    color: var(--dim);
    font-size: var(--small);
    line-height: 20px;
  }
  .chip {
    padding: 1px 8px;
    border: 1px solid var(--line);
    border-radius: 10px;
    font-size: 12px;
    white-space: nowrap;
  }
  .stuck {
    background: var(--bad-tint);
    box-shadow: inset 3px 0 var(--bad);
  }
  @media (max-width: 600px) {
    .row:has(> .lead) {
      flex-wrap: wrap;
      justify-content: space-between;
    }
    .row > .lead {
      flex: none;
    }
    .row > .lead ~ .body {
      order: 1;
      flex-basis: 100%;
    }
  }
`;
