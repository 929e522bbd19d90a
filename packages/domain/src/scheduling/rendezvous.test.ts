import { describe, expect, it } from 'vitest';
import { rendezvousRank } from './rendezvous.ts';

const agents = ['build1', 'build2', 'build3', 'build4'];

describe('rendezvous', () => {
  it('gives every agent a place of its own, whoever works it out', () => {
    for (const job of ['a', 'b', 'c', 'd']) {
      const ranks = agents.map((self) => rendezvousRank(job, [...agents].reverse(), self));
      expect(ranks.sort()).toEqual([0, 1, 2, 3]);
    }
  });

  it('lets each agent be first about equally often', () => {
    const firsts = Object.fromEntries(agents.map((agent) => [agent, 0]));
    for (let at = 0; at < 4000; at++) {
      const winner = agents.find((self) => rendezvousRank(`01j${at}`, agents, self) === 0) ?? '';
      firsts[winner] = (firsts[winner] ?? 0) + 1;
    }

    for (const count of Object.values(firsts)) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('moves nobody up but those behind an agent that leaves', () => {
    const before = rendezvousRank('a', agents, 'build2');
    const without = agents.filter((it) => it !== 'build4');

    expect(before - rendezvousRank('a', without, 'build2')).toBeOneOf([0, 1]);
  });
});
