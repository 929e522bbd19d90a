/** What pages of locks, messages, builds, branches and changes look like beyond their rows: bars of filters, tables, facts. */
import { css } from 'lit';

export const thingStyles = css`
  :host {
    overflow-wrap: anywhere;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--space) calc(1.5 * var(--space));
  }
  .bar label {
    display: grid;
    gap: 2px;
    font-size: 12px;
    line-height: 16px;
    color: var(--dim);
  }
  .bar .wide {
    flex: 1 1 16em;
  }
  .bar .wide input {
    width: 100%;
  }
  .bar .last {
    margin-left: auto;
    min-height: var(--target, 36px);
    display: flex;
    align-items: center;
  }
  .crumbs {
    font-size: var(--small);
    line-height: 20px;
    margin-bottom: calc(-3 * var(--space));
  }
  .waiting,
  .failed,
  .pad {
    padding: calc(2 * var(--space));
  }
  .failed {
    border: 1px solid var(--bad);
    border-radius: var(--radius);
    background: var(--card);
    overflow-wrap: anywhere;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space);
  }
  .scroll {
    /* What is hidden in it must not stand beyond its edge. */
    position: relative;
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
    line-height: 20px;
  }
  caption {
    text-align: left;
    padding: calc(1.5 * var(--space)) calc(2 * var(--space)) 0;
    color: var(--dim);
  }
  th,
  td {
    padding: var(--space) calc(2 * var(--space));
    text-align: left;
    vertical-align: baseline;
    overflow-wrap: anywhere;
  }
  th {
    font-weight: 600;
    color: var(--dim);
    white-space: nowrap;
  }
  tr + tr > *,
  thead + tbody > tr > * {
    border-top: 1px solid var(--line);
  }
  tbody th {
    color: var(--fg);
    white-space: normal;
    overflow-wrap: normal;
  }
  .path {
    overflow-wrap: anywhere;
  }
  summary {
    cursor: pointer;
    color: var(--accent);
    font-size: var(--small);
    line-height: 24px;
  }
  .figure {
    text-align: right;
    white-space: nowrap;
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 4px calc(2 * var(--space));
    margin: 0;
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    font-size: var(--small);
    line-height: 20px;
  }
  dt {
    color: var(--dim);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .ok {
    color: var(--ok);
  }
  .more {
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    border-top: 1px solid var(--line);
  }
  a.name {
    color: inherit;
    font-weight: 600;
    text-decoration: none;
  }
  a.name:hover {
    text-decoration: underline;
  }
  .hidden {
    position: absolute;
    clip-path: inset(50%);
    width: 1px;
    height: 1px;
    overflow: hidden;
  }
  @media (max-width: 600px) {
    .bar label {
      flex: 1 1 40%;
    }
    table {
      font-size: 12px;
    }
    th,
    td {
      padding-inline: 6px;
    }
    th:first-child,
    td:first-child {
      padding-left: calc(2 * var(--space));
    }
    th:last-child,
    td:last-child {
      padding-right: calc(1.5 * var(--space));
    }
  }
`;
