/** Tells of what needs somebody while the page stands in another tab: its title, its sign, and if wished a notification. */
import type { ReadModel } from '@gityard/domain';
import { newNeeds } from './announcer.ts';
import { notificationsAreOn } from './preferences.ts';

let shown: number | undefined;

/** `page`: the title of the page that is open; '' for the first. */
export function watchTab(model: ReadModel, page: string): void {
  const needs = model.needsYou.length + (model.truncated.needsYou ?? 0);
  document.title = `${needs > 0 ? `(${needs}!) ` : ''}${page === '' ? '' : `${page} – `}${model.yard} – Gityard`;
  if (needs === shown) return;
  shown = needs;
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon) icon.href = `data:image/svg+xml,${encodeURIComponent(signOf(needs))}`;
}

export function notify(before: ReadModel | undefined, after: ReadModel): void {
  if (before === undefined || !document.hidden || !notificationsAreOn()) return;
  const [first, ...more] = newNeeds(before, after);
  if (first === undefined) return;
  const body = more.length === 0 ? first : `${first}, and ${more.length} more`;
  // One at a time: the newest takes the place of the one before.
  new Notification(`${after.yard} needs you`, { body, tag: 'gityard' });
}

function signOf(needs: number): string {
  const sign =
    needs === 0
      ? '<path d="M8 5v14M8 15c0-4 8-2 8-7" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/><circle cx="16" cy="7" r="2" fill="#fff"/>'
      : `<text x="12" y="17.500" font-family="sans-serif" font-size="15" font-weight="700" text-anchor="middle" fill="#fff">${needs > 9 ? '9+' : needs}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="${needs === 0 ? '#0f389e' : '#a3140b'}"/>${sign}</svg>`;
}
