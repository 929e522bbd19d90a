/**
 * `npm run builds -- <name>`: what is too long for the specs, shown at its full size with the real program and real tools: fifty
 * projects, five agents, a hundred builds. Each prints what it counted and ends with 1 when it is not as it should be.
 */
import { orUsage } from '../usage.ts';

const SHOWS: Readonly<Record<string, () => Promise<{ readonly show: () => Promise<void> }>>> = {
  cached: () => import('./cached.ts'),
  distributed: () => import('./distributed.ts'),
  hundred: () => import('./hundred.ts'),
  incremental: () => import('./incremental.ts'),
};

async function main(): Promise<void> {
  const [name = ''] = process.argv.slice(2);
  const load = Object.hasOwn(SHOWS, name) ? SHOWS[name] : undefined;
  if (!load) return console.log(`usage: npm run builds -- <${Object.keys(SHOWS).join('|')}>`);
  const { show } = await load();
  await show();
}

await orUsage(main);
