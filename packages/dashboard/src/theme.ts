/** Light, dark, or as the system wishes; remembered in this browser alone. */

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'gityard-theme';

export function rememberedTheme(): Theme {
  const kept = attempt(() => localStorage.getItem(KEY));
  return THEMES.find((theme) => theme === kept) ?? 'auto';
}

export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  attempt(() => localStorage.setItem(KEY, theme));
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** A browser that blocks storage throws at the mere touch; a theme is not worth a broken page. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
