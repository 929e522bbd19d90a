/** Told by an overlay once it has closed, whichever way. */
export const DONE = 'gityard-done';
