/** How a page is laid out: its heading, then panels in one column on a phone and in two where there is room. */
import { css } from 'lit';

export const pageLayout = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(3 * var(--space));
    align-content: start;
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
    :host,
    .columns,
    .column {
      gap: calc(2 * var(--space));
    }
    h1 {
      font-size: 20px;
      line-height: 28px;
    }
  }
`;
