/** Lanes and bars. A bar's tone is its status; what is only expected is hatched by its outline. */
import { css } from 'lit';

export const timelineStyles = css`
  nav {
    display: flex;
    gap: 4px;
    padding: var(--space) calc(2 * var(--space));
  }
  nav a {
    display: inline-flex;
    align-items: center;
    min-height: var(--target);
    padding: 0 calc(1.5 * var(--space));
    border: 1px solid transparent;
    border-radius: 22px;
    color: var(--dim);
    font-size: var(--small);
    text-decoration: none;
  }
  nav a[aria-current='true'] {
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    nav a:not([aria-current='true']) {
      border-color: Canvas;
    }
  }
  .scroll {
    overflow-x: auto;
  }
  .chart {
    min-width: 560px;
    padding: 0 calc(2 * var(--space)) var(--space);
  }
  .lane {
    display: grid;
    grid-template-columns: 16ch minmax(0, 1fr);
    align-items: center;
    border-top: 1px solid var(--line);
  }
  .lane.scale {
    border-top: 0;
  }
  .who {
    position: sticky;
    left: 0;
    z-index: 1;
    margin-left: calc(-2 * var(--space));
    padding-left: calc(2 * var(--space));
    align-self: stretch;
    align-content: center;
    background: var(--card);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: var(--small);
  }
  .split .who {
    font-weight: 600;
  }
  .part .who {
    padding-left: calc(2 * var(--space) + 2ch);
    color: var(--dim);
  }
  .lane > svg {
    display: block;
    width: 100%;
    overflow: visible;
  }
  .now {
    stroke: var(--accent);
    stroke-dasharray: 3 3;
  }
  a {
    color: var(--off);
  }
  a.ok {
    color: var(--ok);
  }
  a.run {
    color: var(--run);
  }
  a.wait {
    color: var(--wait);
  }
  a:is(.bad, .stuck) {
    color: var(--bad);
  }
  rect.was {
    fill: color-mix(in oklab, currentColor 22%, var(--card));
    stroke: currentColor;
  }
  rect.expected {
    fill: var(--card);
    stroke: currentColor;
    stroke-dasharray: 4 3;
  }
  .critical rect {
    stroke-width: 3;
  }
  .name {
    padding: 0 6px;
    overflow: hidden;
    color: var(--fg);
    font-size: 12px;
    line-height: 36px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .critical .name {
    font-weight: 700;
  }
  a:hover rect.was {
    fill: color-mix(in oklab, currentColor 36%, var(--card));
  }
  a:focus-visible rect {
    stroke: var(--accent);
    stroke-width: 3;
  }
  text {
    font: 12px var(--font);
    fill: var(--fg);
  }
  .scale text {
    fill: var(--dim);
  }
  @media (max-width: 600px) {
    .lane {
      grid-template-columns: 10ch minmax(0, 1fr);
    }
  }
  .more {
    padding: 0 calc(2 * var(--space)) var(--space);
    color: var(--dim);
    font-size: var(--small);
  }
  details {
    border-top: 1px solid var(--line);
    padding: 0 calc(2 * var(--space));
    font-size: var(--small);
  }
  summary {
    min-height: var(--target);
    line-height: var(--target);
    cursor: pointer;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    margin-bottom: calc(2 * var(--space));
  }
  td,
  th {
    padding: 4px var(--space) 4px 0;
    text-align: left;
  }
  td a {
    color: var(--accent);
  }
`;
