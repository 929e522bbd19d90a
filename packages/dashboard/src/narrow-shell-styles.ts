/** The frame where there is little room: the header gives up what can be had elsewhere, and on a phone the pages stand in a bar below. */
import { css } from 'lit';

export const narrowShell = css`
  @media (max-width: 1000px) {
    header .search {
      min-width: 0;
    }
    .budget {
      visibility: hidden;
    }
    .search :is(.words, kbd) {
      display: none;
    }
  }
  @media (max-width: 760px) {
    .bar,
    main {
      padding-inline: calc(2 * var(--space));
    }
    main {
      padding-block: calc(2 * var(--space)) calc(3 * var(--space));
    }
    .pages,
    header theme-toggle,
    header .help {
      display: none;
    }
    header .search {
      width: var(--target);
      padding: 0;
      justify-content: center;
    }
    time-bar {
      bottom: calc(56px + env(safe-area-inset-bottom));
    }
    .bottom {
      position: sticky;
      bottom: 0;
      z-index: 2;
      display: grid;
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      min-height: 56px;
      padding-bottom: env(safe-area-inset-bottom);
      border-top: 1px solid var(--line);
      background: var(--card);
    }
    .bottom :is(a, button) {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 1px;
      min-height: 56px;
      padding: 0 2px;
      border: 0;
      border-radius: 0;
      background: none;
      color: var(--dim);
      font-size: 11px;
      line-height: 16px;
      text-decoration: none;
    }
    .bottom [aria-current] {
      color: var(--accent);
      font-weight: 600;
    }
    .bottom svg {
      width: 22px;
      height: 22px;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  }
`;
