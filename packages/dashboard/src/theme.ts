/** How the page looks to this person: its colours and how close its rows stand. Set before the first paint. */
import { remember, remembered } from './remembered.ts';

export const THEMES = ['auto', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_WORDS: Readonly<Record<Theme, string>> = {
  auto: 'Auto',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
};

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export const rememberedTheme = (): Theme => THEMES.find((theme) => theme === remembered('theme')) ?? 'auto';

export const rememberedDensity = (): Density =>
  DENSITIES.find((density) => density === remembered('density')) ?? 'comfortable';

export function chooseTheme(theme: Theme): void {
  remember('theme', theme);
  applyLook();
}

export function chooseDensity(density: Density): void {
  remember('density', density);
  applyLook();
}

/** Round and round: for one button and one key. */
export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';

const LOOK_CHANGED = 'gityard-look';

/** The theme and the density may be chosen in several places; each of them shows what is on. */
export function onLookChange(listener: () => void): () => void {
  addEventListener(LOOK_CHANGED, listener);
  return () => removeEventListener(LOOK_CHANGED, listener);
}

export function applyLook(): void {
  Object.assign(document.documentElement.dataset, { theme: rememberedTheme(), density: rememberedDensity() });
  dispatchEvent(new Event(LOOK_CHANGED));
}
