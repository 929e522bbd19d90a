/** The tools above the jobs: the filter takes the room there is, everything else as much as it needs. */
import { css } from 'lit';

export const jobsStyles = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space) calc(1.5 * var(--space));
  }
  input[type='search'] {
    flex: 1 1 100%;
    min-width: 0;
    min-height: 44px;
    font-size: 15px;
    border-radius: var(--radius);
  }
  .picks,
  .views {
    display: flex;
    gap: 4px;
    min-width: 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .picks a,
  .views a {
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
  .picks b {
    font-weight: 600;
    color: var(--dim);
  }
  .picks a[aria-current],
  .views a[aria-current] {
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 600;
  }
  .picks a[aria-current] b {
    color: inherit;
  }
  .picks a:focus-visible,
  .views a:focus-visible {
    outline-offset: -2px;
    border-radius: 22px;
  }
  .found {
    font-size: var(--small);
  }
  .found:empty {
    display: none;
  }
  .views {
    margin-left: auto;
  }
  .clear {
    padding: 0 calc(2 * var(--space)) calc(2 * var(--space));
  }
  @media (max-width: 600px) {
    .picks,
    .views {
      flex-basis: 100%;
      margin: 0;
    }
    select {
      flex: 1;
    }
  }
`;
