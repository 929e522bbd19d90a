/** The importer in reading order: take over a predecessor, and tell of it. */
export { type ImportPredecessor, importPredecessor } from './import-predecessor.ts';
export { ImportError } from './import-error.ts';
export { markdownOf, placeOf } from './report/markdown.ts';
export type { Counts, Report, Row } from './report/report.ts';
