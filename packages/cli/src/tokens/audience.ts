/** Whom tokens of a yard are for: that yard, by an id that no other has, or at least by its name. */
import type { State, TokenRecord } from '@gityard/domain';

export const audienceOf = ({ yard: { yardId, name } }: State): string => yardId ?? name;

export const newestFirst = ({ tokens }: State): readonly TokenRecord[] =>
  [...tokens].sort((a, b) => (a.issuedAt > b.issuedAt ? -1 : 1));
