/**
 * Every colour, size and distance of the page: one sheet, which goes to the document and reaches all elements. The five tones
 * were searched so that every two stay apart for people who see red and green alike, and stand at 4.5:1 or more on a card and
 * beside it (research: dashboard §3.7); a tone never comes without its word.
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
