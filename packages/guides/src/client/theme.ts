/** The theme that the person chose, here or on the page of the yard: both remember it under one name. */
import { applyLook, chooseTheme, nextTheme, rememberedTheme, THEME_WORDS } from '@gityard/dashboard/theme';

export function startTheme(): void {
  applyLook();
  const button = document.querySelector<HTMLButtonElement>('.theme');
  if (!button) return;
  const show = () => {
    button.textContent = THEME_WORDS[rememberedTheme()];
    button.setAttribute('aria-label', `Theme: ${THEME_WORDS[rememberedTheme()]}`);
  };
  show();
  button.hidden = false;
  button.addEventListener('click', () => {
    chooseTheme(nextTheme(rememberedTheme()));
    show();
  });
}
