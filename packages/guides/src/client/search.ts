/** The field in the header. What it looks through is fetched when it is first touched. */
import type { SearchEntry } from '../site/search-index.ts';
import { rank } from './rank.ts';

const SHOWN = 8;

export function startSearch(): void {
  const box = document.querySelector<HTMLElement>('.search');
  const field = box?.querySelector('input');
  const list = box?.querySelector('ul');
  if (!box || !field || !list) return;
  const up = document.documentElement.dataset.up ?? './';
  let entries: Promise<readonly SearchEntry[]> | undefined;
  const load = () => {
    entries ??= fetch(`${up}search.json`).then((answer) => answer.json());
    return entries;
  };
  const show = async () => {
    const words = field.value;
    const all = await load();
    if (field.value !== words) return;
    const found = rank(all, words).slice(0, SHOWN);
    list.replaceChildren(...found.map((entry) => itemOf(entry, up)));
    if (words.trim() && found.length === 0) list.append(nothing(words));
    list.hidden = !words.trim();
  };
  box.hidden = false;
  field.addEventListener('focus', () => void load());
  field.addEventListener('input', () => void show());
  addEventListener('keydown', (event) => onKey(event, { box, field, list }));
  document.addEventListener('click', ({ target }) => {
    if (!box.contains(target as Node)) list.hidden = true;
  });
}

interface Parts {
  readonly box: HTMLElement;
  readonly field: HTMLInputElement;
  readonly list: HTMLUListElement;
}

function onKey(event: KeyboardEvent, { box, field, list }: Parts): void {
  const inside = box.contains(document.activeElement);
  if (event.key === '/' && !(document.activeElement instanceof HTMLInputElement)) {
    event.preventDefault();
    field.focus();
  } else if (event.key === 'Escape' && inside) {
    list.hidden = true;
    field.focus();
  } else if (inside && !list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    const stops = [field, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLAnchorElement);
    stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  } else if (event.key === 'Enter' && document.activeElement === field) {
    list.querySelector('a')?.click();
  }
}

function itemOf([address, title, heading]: SearchEntry, up: string): HTMLLIElement {
  const [item, link] = [document.createElement('li'), document.createElement('a')];
  link.href = up + address;
  link.append(heading || title);
  if (heading) {
    const page = document.createElement('span');
    page.className = 'dim';
    page.textContent = ` ${title}`;
    link.append(page);
  }
  item.append(link);
  return item;
}

function nothing(words: string): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'none';
  item.textContent = `nothing of “${words}”`;
  return item;
}
