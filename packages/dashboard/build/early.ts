/**
 * Puts into the page what it fetches and does before its first script has come: the worker is started by a script of its own,
 * and what that script, the frame and the worker would ask for next is asked for at once. Each saves a way to the host.
 */
import type { Plugin, Rolldown } from 'vite';

/** Nothing is painted before the chosen theme is known. The bundler drops the attribute, so it is put back. */
const FIRST_SCRIPT = '<script type="module" blocking="render"';

export const early: Plugin = {
  name: 'early',
  transformIndexHtml: {
    order: 'post',
    handler: (page, { bundle }) => {
      const blocking = page.replace('<script type="module"', FIRST_SCRIPT);
      return bundle ? blocking.replace(FIRST_SCRIPT, `${earlyTags(bundle)}\n    ${FIRST_SCRIPT}`) : blocking;
    },
  },
};

function earlyTags(bundle: Rolldown.OutputBundle): string {
  const names = Object.keys(bundle);
  const named = (name: string): string => {
    const found = names.find((it) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(it));
    if (!found) throw new Error(`the page has no file ${name}, and would begin later without it`);
    return `"./${found}"`;
  };
  return [
    `<script type="module" crossorigin src=${named('line')}></script>`,
    ...['worker', 'overview-page'].map((it) => `<link rel="modulepreload" crossorigin href=${named(it)}>`),
  ].join('\n    ');
}
