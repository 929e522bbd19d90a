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
  h1 {
    margin: 0;
    font-size: 24px;
    line-height: 32px;
    font-weight: 400;
    letter-spacing: -0.01em;
    color: var(--dim);
    text-wrap: pretty;
  }
  h1 strong {
    color: var(--fg);
  }
  .notice {
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    border: 1px solid var(--wait);
    border-radius: var(--radius);
    background: var(--card);
    overflow-wrap: anywhere;
  }
  .columns,
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(3 * var(--space));
    align-content: start;
  }
  @media (min-width: 960px) {
    .columns {
      grid-template-columns: minmax(0, 8fr) minmax(0, 5fr);
    }
  }
  @media (max-width: 600px) {
    .bar,
    main {
      padding-inline: calc(2 * var(--space));
    }
    main,
    .columns,
    .column {
      gap: calc(2 * var(--space));
    }
    main {
      padding-block: calc(3 * var(--space));
    }
    h1 {
      font-size: 20px;
      line-height: 28px;
    }
  }
`;
