/** How a chart looks. Each line has a stroke of its own besides its colour, so that colour is never alone. */
import { css } from 'lit';

export const chartStyles = css`
  :host {
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--space));
    font-size: var(--small);
    line-height: 20px;
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .key {
    width: 16px;
    height: 8px;
  }
  .plot {
    position: relative;
    height: 176px;
  }
  .drawing {
    display: block;
    overflow: visible;
  }
  .grid {
    stroke: var(--line);
  }
  .axis {
    fill: var(--dim);
    font-size: 12px;
  }
  .band {
    fill: var(--track);
    opacity: 0.6;
  }
  .slot {
    fill: transparent;
    outline-offset: -2px;
  }
  .ok {
    color: var(--ok);
  }
  .run {
    color: var(--run);
  }
  .wait {
    color: var(--wait);
  }
  .bad {
    color: var(--bad);
  }
  .off {
    color: var(--off);
  }
  .bar,
  .dot,
  .key rect {
    fill: currentColor;
  }
  .line,
  .key path {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linejoin: round;
  }
  .line.s1,
  .key.s1 path {
    stroke-dasharray: 5 3;
  }
  .tip {
    position: absolute;
    top: 0;
    z-index: 1;
    display: grid;
    gap: 2px;
    padding: var(--space) calc(1.5 * var(--space));
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--card);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.18);
    font-size: var(--small);
    line-height: 20px;
    pointer-events: none;
  }
  .tip span {
    display: flex;
    justify-content: space-between;
    gap: var(--space);
  }
  .tip i {
    font-style: normal;
    font-weight: 600;
    white-space: nowrap;
  }
  details {
    font-size: var(--small);
    line-height: 20px;
  }
  summary {
    display: inline-flex;
    align-items: center;
    min-height: var(--target, 36px);
    color: var(--dim);
    cursor: pointer;
  }
  summary::before {
    content: '▸';
    margin-right: 6px;
  }
  [open] summary::before {
    content: '▾';
  }
  .scroll {
    max-height: 280px;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 2px 8px 2px 0;
    text-align: right;
    font-weight: 400;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--card);
    color: var(--dim);
  }
  th:first-child {
    text-align: left;
  }
`;
