/** A link that is the name of a row needs no line below it; one within a sentence does, or it would be told by its colour alone. */
import { css } from 'lit';

export const titleLinks = css`
  a:has(> strong) {
    text-decoration: none;
  }
  a:has(> strong):hover {
    text-decoration: underline;
  }
`;
