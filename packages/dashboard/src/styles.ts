/** What elements have in common: `base` each of them, `controls` those that are pressed and written into, `rows` lists. */
import { css } from 'lit';

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
