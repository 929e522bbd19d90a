/** One line of a tree of the editor, as plain data: what it says, how it looks, what belongs below it. Knows no editor. */

/** By names of the editor's own theme, so that every theme of every person has them. */
type Colour = 'charts.green' | 'charts.blue' | 'charts.yellow' | 'charts.red' | 'charts.orange' | 'disabledForeground';

export interface Icon {
  /** Of the icons that every editor of this family has. */
  readonly name: string;
  readonly colour?: Colour;
}

export interface Row {
  /** Of it among all rows of its tree: what is open stays open, and what is chosen stays chosen. */
  readonly key: string;
  readonly label: string;
  /** Dim, behind the label. */
  readonly description?: string;
  readonly icon: Icon;
  /** Markdown, whose text of strangers is escaped. */
  readonly tooltip?: string;
  /** By which menus know what may be done with it. */
  readonly context?: string;
  /** What commands on it are about: the id of a job, an agent, a message. */
  readonly target?: string;
  readonly command?: string;
  readonly children?: readonly Row[];
  readonly isOpen?: boolean;
}

/** A group says how many it has; it is open where somebody should look. */
export function group(key: string, given: Omit<Row, 'key' | 'description'>): readonly Row[] {
  const { children = [] } = given;
  return children.length === 0 ? [] : [{ ...given, key, description: `${children.length}` }];
}

/** So many rows of a level are shown at first, and again with each wish for more. */
export const PAGE_ROWS = 50;

/** The first rows of a level, and one that shows more of them. */
export function paged(
  rows: readonly Row[],
  { level, pages }: { readonly level: string; readonly pages: number },
): readonly Row[] {
  const shown = pages * PAGE_ROWS;
  if (rows.length <= shown) return rows;
  const more: Row = {
    key: `${level}/more`,
    label: `Show ${Math.min(PAGE_ROWS, rows.length - shown)} more`,
    description: `${rows.length - shown} are not shown`,
    icon: { name: 'ellipsis' },
    target: level,
    command: 'gityard.showMore',
  };
  return [...rows.slice(0, shown), more];
}
