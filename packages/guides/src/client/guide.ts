/** What the pages of the guide do beyond being read: search, copying, the theme. Without it they lack nothing else. */

import { markContents } from './contents.ts';
import { addCopyButtons } from './copy.ts';
import { foldMenu } from './menu.ts';
import { startSearch } from './search.ts';
import { startTheme } from './theme.ts';

startTheme();
foldMenu();
startSearch();
addCopyButtons();
markContents();
