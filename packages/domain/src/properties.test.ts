/** Whatever sequence of operations, right and wrong ones, by machines and by hand: these things hold after each of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from './apply-changes.ts';
import { auditState, auditStep } from './audit/audit.ts';
import { REFUSALS } from './decision.ts';
import { currentAttempt, isFinished, isHeld, type Job } from './entities/job.ts';
import { OPERATIONS } from './operations/list.ts';
import { playedOnce, SAME_RUNS } from './spec/played-once.ts';
import { nextOf, type Scene, story } from './spec/story.ts';
import { type Change, isEntityChange, type State } from './state.ts';
import { validate } from './validate.ts';

const run = fc.array(fc.array(fc.nat(999), { minLength: 14, maxLength: 14 }), {
  minLength: 30,
  maxLength: 80,
  size: 'max',
});

const scenesOf = playedOnce((throws): readonly Scene[] => [...story(throws)]);

/** `check` sees every scene of 300 stories. */
function always(check: (scene: Scene) => void): void {
  fc.assert(
    fc.property(run, (throws) => {
      for (const scene of scenesOf(throws)) check(scene);
    }),
    SAME_RUNS,
  );
}

const changesOf = ({ played }: Scene): readonly Change[] => (played?.decision.ok ? played.decision.changes : []);

describe('any story of a yard', () => {
  it('breaks no rule of the audit, in its steps and in its states', () => {
    always((scene) => {
      const told = scene.played?.name ?? 'by hand';
      expect([told, auditStep(scene.before, scene.after, scene.operations, scene.changed)]).toEqual([told, []]);
      expect([told, auditState(scene.after)]).toEqual([told, []]);
    });
  });

  it('can be followed by any operation without breaking a rule', () => {
    fc.assert(
      fc.property(run, (throws) => {
        for (const { before, after, operations, changed, played } of nextOf(throws)) {
          expect([played?.name, auditStep(before, after, operations, changed)]).toEqual([played?.name, []]);
          expect([played?.name, auditState(after)]).toEqual([played?.name, []]);
        }
      }),
      SAME_RUNS,
    );
  });

  it('refuses only with a known code and a reason', () => {
    always(({ played }) => {
      if (!played || played.decision.ok) return;
      expect(Object.keys(REFUSALS)).toContain(played.decision.code);
      expect(played.decision.reason.trim()).not.toBe('');
    });
  });

  it('decides the same again, since it neither keeps nor changes what it saw', () => {
    always(({ before, played }) => {
      if (played) expect(played.decide(before)).toEqual(played.decision);
    });
  });

  it('writes only what its schema admits unchanged', () => {
    always((scene) => {
      for (const change of changesOf(scene)) {
        if (!isEntityChange(change) || change.value === null) continue;
        const written = JSON.parse(JSON.stringify(change.value));
        const read = validate(change.kind, structuredClone(written));
        expect(read).toEqual({ ok: true, value: written });
      }
    });
  });

  it('keeps the fields of a newer version', () => {
    always((scene) => {
      for (const change of changesOf(scene)) {
        if (change.kind !== 'job' && change.kind !== 'agent' && change.kind !== 'lock') continue;
        const before = entity(scene.before, change) as { fromNewerVersion?: unknown } | undefined;
        if (before?.fromNewerVersion && change.value)
          expect(change.value).toMatchObject({ fromNewerVersion: { kept: true } });
      }
    });
  });

  it('answers with the entity as it stands afterwards', () => {
    always((scene) => {
      const { decision } = scene.played ?? {};
      if (!decision?.ok) return;
      const job = decision.subject.job === undefined ? undefined : scene.after.jobs.get(decision.subject.job);
      const result = decision.result as { id?: string };
      if (job && result.id === job.id) expect(result).toEqual(job);
      if (decision.changes.length === 0) expect(applyChanges(scene.before, decision.changes)).toBe(scene.before);
    });
  });

  it('leaves an ended job as it ended, but for a retry, the archive and what a late holder tells', () => {
    always(({ before, after, changed, played }) => {
      if (!played || ['retry', 'note-late', 'take-up', 'archive'].includes(played.name)) return;
      for (const job of jobsOf(before, changed).filter(isFinished)) expect(after.jobs.get(job.id)).toBe(job);
    });
  });

  it('never tries again what was to be cancelled, and gives no job to another than it is assigned to', () => {
    always(({ before, after, changed, played }) => {
      if (!played) return;
      for (const job of jobsOf(before, changed).filter((it) => isHeld(it) && it.cancelRequested))
        expect(after.jobs.get(job.id)?.status).not.toBe('queued');
      for (const job of jobsOf(after, changed).filter((it) => isHeld(it) && it.assignedTo !== null))
        expect(job.agent).toBe(job.assignedTo);
    });
  });

  it('raises tokens and ends no attempt twice', () => {
    fc.assert(
      fc.property(run, (throws) => {
        const ends = new Map<string, string>();
        for (const { before, after, changed } of scenesOf(throws)) {
          for (const { id } of changed) {
            const job = after.jobs.get(id);
            if (!job) continue;
            expect(job.token).toBeGreaterThanOrEqual(before.jobs.get(id)?.token ?? 0);
            const attempt = currentAttempt(job);
            if (!attempt?.endedAt) continue;
            const name = `${id} ${attempt.token}`;
            expect(ends.get(name) ?? attempt.endedAt).toBe(attempt.endedAt);
            ends.set(name, attempt.endedAt);
          }
        }
      }),
      SAME_RUNS,
    );
  });
});

describe('the stories themselves', () => {
  it('make every operation succeed and be refused, so that they prove something', () => {
    const seen = new Set<string>();
    const stories = fc.sample(run, { numRuns: 500, seed: 7 });
    for (const { played } of stories.flatMap((throws) => [...story(throws)])) {
      if (played) seen.add(`${played.name} ${played.decision.ok}`);
    }

    const missing = Object.keys(OPERATIONS).flatMap((name) => [`${name} true`, `${name} false`]);
    expect(missing.filter((it) => !seen.has(it))).toEqual([]);
  });
});

const jobsOf = ({ jobs }: State, changed: Scene['changed']): Job[] =>
  changed.flatMap(({ kind, id }) => (kind === 'job' ? (jobs.get(id) ?? []) : []));

function entity(state: State, change: Change): object | undefined {
  if (change.kind === 'job') return state.jobs.get(change.id);
  return change.kind === 'agent' ? state.agents.get(change.id) : state.locks.get(change.id);
}
