/**
 * Takes out of the css`…` of each element what only people read: comments, indentation, line breaks. Strings stay as they are,
 * and so does each space that may have a meaning, as the one between two parts of a selector.
 */
import type { Plugin } from 'vite';

const TEMPLATE = /\bcss`([^`\\]*)`/g;
const STRING_OR_SPACE = /"[^"\n]*"|'[^'\n]*'|(?:\/\*[\s\S]*?\*\/|\s)+/g;
const BESIDE_MARKS = /"[^"\n]*"|'[^'\n]*'| ?([{};]) ?/g;

export const cssWhitespace = (): Plugin => ({
  name: 'css-whitespace',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /\/dashboard\/src\/.*\.ts$/, code: 'css`' },
    handler: (code) => ({ code: code.replace(TEMPLATE, (_, css: string) => `css\`${shortCss(css)}\``), map: null }),
  },
});

/** What is put in with `${…}` is code, and code with white space left out may be another: such a sheet stays as it is. */
export function shortCss(css: string): string {
  if (css.includes('${')) return css;
  const short = css.replace(STRING_OR_SPACE, (it) => (/^["']/.test(it) ? it : ' '));
  return short.replace(BESIDE_MARKS, (it, mark?: string) => mark ?? it).trim();
}
