/** How the page is laid out: one column on a phone, two where there is room. */
import { css } from 'lit';

export const shell = css`
  header {
    position: sticky;
    top: 0;
    z-index: 1;
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
    gap: calc(1.5 * var(--space));
    min-height: 64px;
  }
  .bar svg {
    width: 32px;
    height: 32px;
    flex: none;
    padding: 4px;
    border-radius: 8px;
    background: #0f389e;
    fill: #fff;
    stroke: #fff;
    stroke-width: 2;
    stroke-linecap: round;
  }
  .bar path {
    fill: none;
  }
  .home {
    display: flex;
    align-items: center;
    gap: calc(1.5 * var(--space));
    min-width: 0;
    color: inherit;
    text-decoration: none;
  }
  nav {
    display: flex;
    gap: var(--space);
    min-width: 0;
    overflow-x: auto;
    white-space: nowrap;
  }
  nav a {
    padding: 4px 8px;
    border-radius: 6px;
    color: var(--dim);
    text-decoration: none;
  }
  nav a[aria-current] {
    color: var(--fg);
    background: var(--track);
  }
  .name {
    font-size: 17px;
    font-weight: 600;
    flex: 0 100 auto;
    min-width: 3em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  connection-state {
    margin-left: auto;
    flex: 0 1 auto;
  }
  theme-toggle {
    flex: none;
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(3 * var(--space));
    padding-block: calc(4 * var(--space));
  }
  .notice {
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    border: 1px solid var(--wait);
    border-radius: var(--radius);
    background: var(--card);
    overflow-wrap: anywhere;
  }
  @media (max-width: 600px) {
    .bar,
    main {
      padding-inline: calc(2 * var(--space));
    }
    main {
      padding-block: calc(3 * var(--space));
    }
  }
`;
