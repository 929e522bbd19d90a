/** How the page of the history is laid out: tiles, then cards in pairs where there is room. */
import { css } from 'lit';

export const historyStyles = css`
  .tools,
  .spans,
  .counted {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space);
  }
  .spans {
    gap: 0;
    border: 1px solid var(--dim);
    border-radius: 8px;
    overflow: hidden;
  }
  .spans a {
    display: flex;
    align-items: center;
    min-height: var(--target);
    padding: 0 calc(2 * var(--space));
    color: var(--fg);
    font-size: var(--small);
    text-decoration: none;
  }
  .spans a[aria-current] {
    background: var(--accent);
    color: var(--card);
    font-weight: 600;
  }
  .spans a:focus-visible {
    outline-offset: -4px;
  }
  .tools select {
    max-width: 220px;
  }
  .tiles,
  .charts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(3 * var(--space));
    align-items: start;
  }
  .tile {
    padding: calc(2 * var(--space));
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .tile h2 {
    margin: 0;
    color: var(--dim);
    font-size: var(--small);
    font-weight: 400;
  }
  .tile h2::first-letter {
    text-transform: uppercase;
  }
  .tile b {
    font-size: 28px;
    line-height: 40px;
    font-weight: 600;
    letter-spacing: -0.02em;
  }
  .tile svg {
    display: block;
    width: 100%;
    height: 6px;
    border-radius: 3px;
    background: var(--track);
  }
  .tile rect {
    fill: var(--ok);
  }
  .counted {
    justify-content: space-between;
  }
  .waiting {
    min-height: 480px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
    line-height: 20px;
  }
  caption {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  th,
  td {
    padding: var(--space);
    text-align: left;
    vertical-align: baseline;
    font-weight: 400;
    overflow-wrap: break-word;
  }
  td {
    width: 1%;
    white-space: nowrap;
  }
  .number {
    text-align: right;
  }
  .scroll {
    overflow-x: auto;
  }
  thead th {
    color: var(--dim);
  }
  .column {
    gap: inherit;
  }
  tbody tr {
    border-top: 1px solid var(--line);
  }
  th:first-child {
    padding-left: calc(2 * var(--space));
  }
  td:last-child {
    padding-right: calc(2 * var(--space));
  }
  b.end {
    font-weight: 600;
  }
  @media (min-width: 700px) {
    .tiles {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  @media (min-width: 960px) {
    .charts {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @media (max-width: 600px) {
    .tiles,
    .charts {
      gap: calc(2 * var(--space));
    }
  }
`;
