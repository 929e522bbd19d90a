/** How one job's page is laid out inside its cards. */
import { css } from 'lit';

export const jobStyles = css`
  header nav {
    font-size: var(--small);
    color: var(--dim);
  }
  a {
    color: var(--accent);
  }
  .standing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space) calc(2 * var(--space));
    margin-top: var(--space);
  }
  .standing status-dot {
    /* The tones are legible on cards. */
    padding: 2px 12px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--card);
    font-weight: 600;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space);
    margin-left: auto;
  }
  .pad {
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    overflow-wrap: anywhere;
  }
  .stack {
    display: grid;
    gap: var(--space);
  }
  .said {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .trouble {
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    border: 1px solid var(--wait);
    border-radius: var(--radius);
    background: var(--card);
  }
  h3 {
    margin: 0;
    padding: calc(1.5 * var(--space)) calc(2 * var(--space)) 4px;
    border-top: 1px solid var(--line);
    font-size: var(--small);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  h3:first-child {
    border-top: 0;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(9ch, auto) minmax(0, 1fr);
    gap: 6px calc(2 * var(--space));
    margin: 0;
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
  }
  dt {
    color: var(--dim);
    font-size: var(--small);
    line-height: 24px;
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  pre {
    margin: var(--space) 0 0;
    padding: var(--space) calc(1.5 * var(--space));
    max-height: 320px;
    overflow: auto;
    border-radius: 8px;
    background: var(--bg);
    font: 12px/18px var(--mono);
    white-space: pre-wrap;
  }
  summary {
    min-height: var(--target);
    line-height: var(--target);
    color: var(--accent);
    cursor: pointer;
    font-size: var(--small);
  }
  .changes {
    list-style: none;
    margin: 0;
    padding: 0;
    font-size: var(--small);
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
  }
  th,
  td {
    padding: var(--space) calc(2 * var(--space));
    border-top: 1px solid var(--line);
    text-align: left;
    font-weight: 400;
    vertical-align: baseline;
  }
  thead th {
    border-top: 0;
    color: var(--dim);
  }
  .stages {
    font-size: 15px;
  }
  .stages tbody tr:first-child > * {
    border-top: 0;
  }
  .stages .told > * {
    padding-top: 0;
    border-top: 0;
  }
  .stages th[scope='row'] {
    font-weight: 600;
  }
  .stages .hidden {
    position: absolute;
    clip-path: inset(50%);
  }
  .number {
    text-align: right;
  }
  .bar {
    width: 45%;
    overflow-wrap: anywhere;
  }
  .bar svg,
  .shares {
    display: block;
    width: 100%;
    border-radius: 4px;
    overflow: hidden;
    fill: var(--off);
  }
  .bar svg.ok,
  .shares .ok {
    fill: var(--ok);
  }
  .bar svg.run {
    fill: var(--run);
  }
  .bar svg.bad,
  .shares .bad {
    fill: var(--bad);
  }
  .shares .off {
    fill: var(--track);
  }
  .bar .track {
    fill: var(--track);
  }
  @media (max-width: 600px) {
    .bar {
      width: 20%;
    }
    .stages th,
    .stages td {
      padding-inline: var(--space);
    }
    .actions {
      margin-left: 0;
      flex-basis: 100%;
    }
  }
`;
