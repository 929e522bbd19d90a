/** How the frame is laid out: header above, on a phone a bar below, the page between them in one column. */
import { css } from 'lit';

export const shell = css`
  /* What is stuck to the bottom of the page stands there too when the page is short. */
  :host {
    display: flex;
    flex-direction: column;
    min-height: 100dvh;
  }
  header {
    position: sticky;
    top: 0;
    z-index: 2;
    background: var(--card);
    border-bottom: 1px solid var(--line);
  }
  .bar,
  main {
    max-width: 1280px;
    margin: 0 auto;
    padding: 0 calc(3 * var(--space));
  }
  .bar {
    display: flex;
    align-items: center;
    gap: calc(1.25 * var(--space));
    min-height: 56px;
  }
  header button {
    flex: none;
    border-radius: 22px;
  }
  .sign {
    width: 30px;
    height: 30px;
    flex: none;
    padding: 4px;
    border-radius: 8px;
    background: #0f389e;
    fill: #fff;
    stroke: #fff;
    stroke-width: 2;
    stroke-linecap: round;
  }
  .sign path {
    fill: none;
  }
  .home {
    display: flex;
    align-items: center;
    gap: calc(1.25 * var(--space));
    /* The name gives way before the state of the connection does. */
    flex: 0 9999 auto;
    min-width: 0;
    min-height: var(--target);
    color: inherit;
    text-decoration: none;
  }
  .name {
    min-width: 0;
    overflow: hidden;
    font-size: 17px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Its words change every second: beside it stands nothing that they could move. */
  .budget {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    font-size: var(--small);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  header .search {
    min-width: 210px;
    justify-content: flex-start;
    background: var(--bg);
    color: var(--dim);
  }
  .search svg {
    width: 15px;
    height: 15px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
  }
  kbd {
    margin-left: auto;
    padding: 0 6px;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--card);
    font: 12px/18px var(--mono);
  }
  connection-state,
  theme-toggle {
    flex: none;
  }
  header .help {
    width: var(--target);
    padding: 0;
  }

  .pages {
    min-height: 0;
    justify-content: space-between;
  }
  header nav {
    display: flex;
    gap: 4px;
    min-width: 0;
    margin-left: calc(-1.25 * var(--space));
    overflow-x: auto;
    scrollbar-width: none;
    white-space: nowrap;
  }
  header nav a {
    padding: 6px calc(1.25 * var(--space)) 8px;
    border-bottom: 2px solid transparent;
    color: var(--dim);
    text-decoration: none;
  }
  header nav a:hover {
    color: var(--fg);
  }
  header nav a[aria-current] {
    border-color: var(--accent);
    color: var(--fg);
    font-weight: 600;
  }
  header nav a:focus-visible {
    outline-offset: -2px;
  }
  .tools {
    display: flex;
    flex: none;
    gap: 4px;
    margin-right: calc(-1.25 * var(--space));
  }
  .tools button {
    min-height: 32px;
    border-color: transparent;
    background: none;
    color: var(--dim);
  }
  .tools button:is(:hover, [aria-pressed='true']) {
    color: var(--fg);
    border-color: var(--line);
  }

  main {
    display: grid;
    flex: 1;
    align-content: start;
    width: 100%;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(3 * var(--space));
    padding-block: calc(4 * var(--space));
  }
  /* It has the focus so that one reads on there; all of it is no place to mark. */
  main:focus-visible {
    outline: none;
  }
  /* They come after the first painting. */
  :is(notice-bar, first-visit):not(:defined) {
    display: none;
  }
  .bone {
    height: 160px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: linear-gradient(var(--track) 0 0) 16px 20px / 30% 12px no-repeat var(--card);
  }
  .bone + .bone {
    height: 480px;
  }
  .past-note {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: center;
    flex-wrap: wrap;
    gap: var(--space) calc(2 * var(--space));
    padding: var(--space) calc(2 * var(--space));
    border-bottom: 2px solid var(--wait);
    background: color-mix(in oklab, var(--wait) 14%, var(--card));
  }
  /* The whole frame is another than that of now, so that nobody takes the one for the other. */
  header:has(+ .past-note) {
    position: static;
    background: color-mix(in oklab, var(--wait) 8%, var(--card));
  }
  .old {
    background: repeating-linear-gradient(-45deg, transparent 0 10px, color-mix(in oklab, var(--off) 5%, transparent) 10px 20px);
  }
  .past {
    box-shadow: inset 0 0 0 100vmax color-mix(in oklab, var(--wait) 5%, transparent);
    clip-path: inset(0 -100vmax);
  }
  time-bar {
    position: sticky;
    bottom: 0;
    z-index: 2;
    border-top: 1px solid var(--line);
    background: var(--card);
  }
  /* It takes the focus with every new page, and is no control. */
  main:focus {
    outline: none;
  }
  .skip {
    position: fixed;
    top: 4px;
    left: 4px;
    z-index: 3;
    padding: 8px 16px;
    border-radius: 8px;
    background: var(--accent);
    color: var(--card);
  }
  .skip:not(:focus) {
    transform: translateY(-200%);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .bottom {
    display: none;
  }
  @media (forced-colors: active) {
    header nav a:not([aria-current]) {
      border-color: Canvas;
    }
  }
`;
