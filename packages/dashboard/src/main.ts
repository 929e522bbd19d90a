/** Where the page begins: its colours first, so that nothing is painted twice, then its one element. */

import { tokens } from './styles.ts';
import { applyTheme, rememberedTheme } from './theme.ts';
import './app-shell.ts';

if (tokens.styleSheet) document.adoptedStyleSheets.push(tokens.styleSheet);
applyTheme(rememberedTheme());
