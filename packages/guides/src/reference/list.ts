/** Pages that are made of the program's own tables, so that they cannot say anything else than it does. */
import { apiPage } from './api-page.ts';
import { commandsPage } from './commands-page.ts';
import { environmentPage } from './environment-page.ts';
import { exitCodesPage } from './exit-codes-page.ts';
import { filesPage } from './files-page.ts';

/** Each gives the Markdown of the page of that name. */
export const MADE: Readonly<Record<string, () => Promise<string>>> = {
  'reference/commands': commandsPage,
  'reference/files': filesPage,
  'reference/api': apiPage,
  'reference/environment': environmentPage,
  'reference/exit-codes': exitCodesPage,
};
