import { describe, expect, it } from 'vitest';
import { shortCss } from '../build/css-whitespace.ts';

describe('css-whitespace', () => {
  it('takes out comments, indentation and the space beside braces', () => {
    const css = `
      /* Why: it's so. */
      a :hover,
      li > b {
        margin: 0 calc(2 * var(--space)); /* here */
        color: red;
      }
    `;

    expect(shortCss(css)).toBe('a :hover, li > b{margin: 0 calc(2 * var(--space));color: red;}');
  });

  it('leaves what stands in a string, and sheets that code makes', () => {
    expect(shortCss(`a::after {\n  content: ' {  /* x */ } ';\n}`)).toBe(`a::after{content: ' {  /* x */ } ';}`);
    const made = ['a {\n  width: $', '{wide}px;\n}'].join('');
    expect(shortCss(made)).toBe(made);
  });
});
