/** The table of servers: rows of one height, so that only those in sight need be drawn. On a phone each row is a card. */
import { css } from 'lit';

export const serversStyles = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space) calc(1.5 * var(--space));
  }
  .tools p:empty {
    display: none;
  }
  .tools input {
    flex: 1 1 100%;
    min-width: 0;
    min-height: 44px;
    border-radius: var(--radius);
    font-size: 15px;
  }
  .pools {
    display: flex;
    gap: 4px;
    min-width: 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .pools a {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: var(--target);
    padding: 0 calc(1.5 * var(--space));
    border: 1px solid var(--line);
    border-radius: 22px;
    background: var(--card);
    color: var(--fg);
    font-size: var(--small);
    text-decoration: none;
    white-space: nowrap;
  }
  .pools b {
    color: var(--dim);
    font-weight: 600;
  }
  .pools a:focus-visible {
    outline-offset: -2px;
    border-radius: 22px;
  }
  .pools a[aria-current] {
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 600;
  }
  .pools a[aria-current] b {
    color: inherit;
  }
  .frame {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    overflow: hidden;
    /* The rows that come and go while one scrolls must not push it about. */
    overflow-anchor: none;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
    font-size: 14px;
    line-height: 20px;
  }
  th,
  td {
    padding: 0 var(--space);
    text-align: left;
    font-weight: 400;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  tr > :first-child {
    padding-left: calc(2 * var(--space));
  }
  tr > :last-child {
    padding-right: calc(2 * var(--space));
  }
  .number {
    text-align: right;
  }
  thead th {
    border-bottom: 1px solid var(--line);
  }
  thead button {
    width: 100%;
    min-height: 44px;
    line-height: 16px;
    text-align: inherit;
    white-space: normal;
    padding: 0;
    border: 0;
    background: none;
    color: var(--dim);
    justify-content: flex-start;
    overflow: hidden;
  }
  thead .number button {
    justify-content: flex-end;
  }
  thead [aria-sort='ascending'] button,
  thead [aria-sort='descending'] button {
    color: var(--fg);
    font-weight: 600;
  }
  [data-row] {
    height: 60px;
    border-top: 1px solid var(--line);
  }
  [data-row] a {
    text-decoration: none;
  }
  [data-row] a:hover {
    text-decoration: underline;
  }
  [data-row] th a {
    font-weight: 600;
  }
  [data-row]:hover {
    background: color-mix(in oklab, var(--accent) 4%, var(--card));
  }
  .gap td {
    padding: 0;
  }
  .silent {
    background: repeating-linear-gradient(-45deg, var(--bad-tint) 0 8px, transparent 8px 16px);
  }
  .one,
  .sub {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .sub {
    color: var(--dim);
    font-size: 12px;
    line-height: 16px;
  }
  .sub.bad {
    color: var(--bad);
  }
  status-dot {
    font-weight: 600;
  }
  .none {
    height: 120px;
    text-align: center;
    color: var(--dim);
    white-space: normal;
  }
  .name-column {
    width: 15%;
  }
  .status-column {
    width: 15%;
  }
  .job-column {
    width: 19%;
  }
  .heard-column {
    width: 10%;
  }
  @media (max-width: 1000px) {
    table,
    tbody,
    tr,
    th,
    td {
      display: block;
    }
    thead,
    colgroup {
      position: absolute;
      clip-path: inset(50%);
      width: 1px;
      height: 1px;
      overflow: hidden;
    }
    [data-row] {
      display: grid;
      grid-template-columns: repeat(4, minmax(0, 1fr));
      align-content: start;
      gap: 8px var(--space);
      height: 232px;
      padding: calc(1.5 * var(--space)) calc(2 * var(--space));
      overflow: hidden;
    }
    [data-row] > * {
      padding: 0 !important;
      text-align: left;
    }
    [data-row] th,
    [data-row] td:nth-of-type(1),
    [data-row] td:nth-of-type(9) {
      grid-column: span 2;
    }
    [data-row] td:nth-of-type(1) {
      text-align: right;
    }
    [data-row] td:nth-of-type(2) {
      grid-column: 1 / -1;
      min-height: 40px;
    }
    /* The card as a whole leads to the server, but where the job is named. */
    [data-row] {
      position: relative;
    }
    [data-row] th a {
      position: static;
      display: block;
      font-size: 17px;
    }
    [data-row] th a::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    [data-row] td a {
      position: relative;
      display: inline-block;
      padding-block: 4px;
    }
    [data-row] td[data-title]::before {
      content: attr(data-title);
      display: block;
      color: var(--dim);
      font-size: 12px;
      line-height: 16px;
    }
    [data-row] td:nth-of-type(1)::before,
    [data-row] td:nth-of-type(2)::before {
      content: none;
    }
  }
`;
