/** Where the page begins: whether it may, its colours so that nothing is painted twice, then its one element. */

import './frame/guard.ts';
import { applyLook } from './theme.ts';
import { tokens } from './tokens.ts';
import './app-shell.ts';

if (tokens.styleSheet) document.adoptedStyleSheets.push(tokens.styleSheet);
applyLook();
