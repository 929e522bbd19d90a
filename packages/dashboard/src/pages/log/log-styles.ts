/** The log's own paper. The sixteen colours of terminals stand at 4.5:1 or more on it, in both themes; grounds are only tinted. */
import { css } from 'lit';

const colours = [...Array(16).keys()].reduce(
  (all, colour) => css`
    ${all}
    .c${colour} {
      color: var(--c${colour});
    }
    .g${colour} {
      background: color-mix(in oklab, var(--c${colour}) 16%, transparent);
    }
  `,
  css``,
);

export const inkStyles = css`
  :host {
    --c0: light-dark(#12171d, #9aa5b2);
    --c1: light-dark(#a3211a, #ff8f87);
    --c2: light-dark(#116329, #7ee787);
    --c3: light-dark(#6b4400, #f2cc60);
    --c4: light-dark(#0a4b9c, #8cc4ff);
    --c5: light-dark(#6f36c4, #d8b3ff);
    --c6: light-dark(#135f66, #76e3ea);
    --c7: light-dark(#4a535e, #d0d7de);
    --c8: light-dark(#56606c, #9aa5b2);
    --c9: light-dark(#a40e26, #ffa198);
    --c10: light-dark(#0f5c27, #9be9a8);
    --c11: light-dark(#5c3a00, #e9be55);
    --c12: light-dark(#0550b8, #a5d6ff);
    --c13: light-dark(#5a2fb0, #e2c5ff);
    --c14: light-dark(#0b5c69, #b3f0ff);
    --c15: light-dark(#12171d, #ffffff);
  }
  ${colours}
  .bold {
    font-weight: 700;
  }
  .faint {
    color: var(--dim);
  }
  .italic {
    font-style: italic;
  }
  .under {
    text-decoration: underline;
  }
  .struck {
    text-decoration: line-through;
  }
  .turned {
    background: color-mix(in oklab, currentColor 16%, transparent);
  }
  mark {
    border-radius: 2px;
    background: color-mix(in oklab, var(--c3) 32%, var(--card));
    color: var(--fg);
  }
`;

export const logStyles = css`
  header nav {
    font-size: var(--small);
    color: var(--dim);
  }
  header .facts {
    align-items: center;
    margin-top: 4px;
  }
  header status-dot {
    /* The tones are legible on cards. */
    padding: 2px 12px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--card);
  }
  a {
    color: var(--accent);
  }
  .sheet {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    overflow: hidden;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space);
    padding: var(--space) calc(1.5 * var(--space));
    border-bottom: 1px solid var(--line);
  }
  .tools input {
    flex: 1 1 20ch;
    min-width: 0;
  }
  .tools .found:empty {
    display: none;
  }
  .tools .found {
    min-width: 9ch;
    font-size: var(--small);
    color: var(--dim);
  }
  .tools button[aria-pressed='true'] {
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 600;
  }
  .paper {
    position: relative;
    height: max(320px, calc(100dvh - 368px));
    overflow: auto;
    font: 12.5px/20px var(--mono);
    overflow-anchor: none;
  }
  .paper:focus-visible {
    outline-offset: -2px;
  }
  .all {
    position: relative;
    min-width: 100%;
    width: max-content;
  }
  .l {
    position: absolute;
    left: 0;
    display: flex;
    min-width: 100%;
    width: max-content;
  }
  .number {
    position: sticky;
    left: 0;
    z-index: 1;
    flex: none;
    width: calc(var(--digits) * 1ch + 22px);
    padding: 0 10px 0 12px;
    background: var(--card);
    color: var(--dim);
    text-align: right;
    text-decoration: none;
    user-select: none;
  }
  /* Lines lie closer than fingers are wide: each number keeps to its own. */
  .number::after {
    content: none;
  }
  .number:hover {
    color: var(--fg);
    text-decoration: underline;
  }
  .text {
    padding-right: calc(2 * var(--space));
    white-space: pre;
    tab-size: 8;
  }
  .wraps .all,
  .wraps .l {
    width: 100%;
  }
  .wraps .text {
    width: calc(var(--columns) * 1ch);
    flex: none;
    padding: 0;
    box-sizing: content-box;
    white-space: break-spaces;
    line-break: anywhere;
    overflow: hidden;
  }
  .l.error {
    background: color-mix(in oklab, var(--bad) 7%, var(--card));
  }
  .l.error .number {
    background: color-mix(in oklab, var(--bad) 14%, var(--card));
    color: var(--fg);
    box-shadow: inset 3px 0 var(--bad);
  }
  .l.warning .number {
    box-shadow: inset 3px 0 var(--wait);
  }
  .l.chosen,
  .l.chosen .number {
    background: color-mix(in oklab, var(--accent) 13%, var(--card));
  }
  .l.chosen .number {
    color: var(--fg);
  }
  .l.current {
    outline: 1px solid var(--accent);
    outline-offset: -1px;
  }
  .fold {
    min-height: 20px;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--fg);
    font: inherit;
    font-weight: 600;
    justify-content: start;
  }
  .fold .dim {
    font-weight: 400;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space) calc(2 * var(--space));
    min-height: 44px;
    padding: 4px calc(1.5 * var(--space));
    border-top: 1px solid var(--line);
    font-size: var(--small);
  }
  .foot .spring {
    margin-left: auto;
  }
  .measure {
    position: absolute;
    visibility: hidden;
    white-space: pre;
  }
  @media (max-width: 600px) {
    .paper {
      height: max(320px, calc(100dvh - 190px));
    }
    .tools input {
      flex-basis: 100%;
    }
    .number {
      padding: 0 6px;
      width: calc(var(--digits) * 1ch + 12px);
    }
  }
`;
