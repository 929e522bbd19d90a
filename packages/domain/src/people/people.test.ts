import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES } from '../entities/token.ts';
import { isSamePerson, mayDo, personOf, whoMay } from './people.ts';

const yard = {
  people: {
    ann: { roles: ['BuildMaster@team-a', 'Developer'], names: ['ann@example.org'] },
    bob: { roles: ['Admin'], names: ['Ann'] },
  },
};

describe('people', () => {
  it('knows a person by every name, whatever its capitals, and a name of one’s own before one that others claim', () => {
    expect(['ANN', 'Ann@Example.org', 'bob', 'eve'].map((it) => personOf(yard, it))).toEqual([
      'ann',
      'ann',
      'bob',
      undefined,
    ]);
    expect([isSamePerson(yard, 'ann@example.org', 'ANN'), isSamePerson(yard, 'eve', 'EVE')]).toEqual([true, true]);
    expect(isSamePerson(yard, 'eve', 'ann')).toBe(false);
  });

  it.each([
    ['ann', 'BuildMaster', 'team-a', true],
    ['ann', 'BuildMaster', 'team-b', false],
    ['ann', 'BuildMaster', null, false],
    ['ann', 'Developer', 'team-b', true],
    ['bob', 'BuildMaster', 'team-b', true],
    ['bob', 'Admin', null, true],
    ['eve', 'Developer', null, false],
  ] as const)('%s as %s in %s: %s', (person, needs, namespace, may) => {
    expect(mayDo(yard, { person, needs, namespace })).toBe(may);
  });

  it('names everybody who may', () => {
    expect(whoMay(yard, { needs: 'BuildMaster', namespace: 'team-a' })).toEqual(['ann', 'bob']);
  });

  it('lets who may more do what who may less may, in a namespace what one may everywhere, and a stranger nothing', () => {
    const grant = fc.constantFrom(...ROLES.flatMap((it) => [it, `${it}@a`, `${it}@b`]));
    const namespace = fc.constantFrom(null, 'a', 'b');
    fc.assert(
      fc.property(fc.array(grant), fc.nat(2), namespace, (roles, rank, space) => {
        const peopled = { people: { ann: { roles, names: [] } } };
        const may = (person: string, at: number, of: string | null) =>
          mayDo(peopled, { person, needs: ROLES[at] ?? 'Admin', namespace: of });
        if (may('ann', rank, space))
          for (let lower = 0; lower < rank; lower++) expect(may('ann', lower, space)).toBe(true);
        if (may('ann', rank, null)) expect(may('ann', rank, space)).toBe(true);
        expect(may('eve', rank, space)).toBe(false);
      }),
    );
  });

  it('finds nobody under a word that every object has', () => {
    for (const word of ['constructor', '__proto__', 'toString']) {
      expect(personOf(yard, word)).toBeUndefined();
      expect(mayDo(yard, { person: word, needs: 'Developer', namespace: null })).toBe(false);
    }
  });
});
