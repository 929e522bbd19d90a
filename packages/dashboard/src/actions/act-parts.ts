/** The words of each command, for the thing that it is given to: its title, whom it hits, what will happen, and what else is asked. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { ageWords, counted, untilWords } from '../format.ts';
import { isHeld, type JobRow } from '../rows.ts';
import { type Facts, jobIn, jobWords, serverFacts } from './act-facts.ts';
import type { CommandAsked } from './wish.ts';

export interface Field {
  readonly name: 'reason' | 'priority' | 'until' | 'reader' | 'agent';
  readonly label: string;
  readonly isRequired: boolean;
  readonly choices?: readonly (readonly [value: string, word: string])[];
  readonly value?: string;
}

/** But for what must still hold. */
export interface Parts {
  /** `Cancel this job` – the heading and the word on the button. */
  readonly title: string;
  readonly verb: string;
  /** What it is done to, in words. */
  readonly target: string;
  readonly facts: Facts;
  /** One sentence on what will happen. */
  readonly effect: string;
  readonly fields: readonly Field[];
  /** Must be typed before it is done; null: a click is enough. */
  readonly typed: string | null;
  readonly isDestructive: boolean;
}

const PRIORITIES = [
  ['1', 'Critical'],
  ['3', 'High'],
  ['5', 'Normal'],
  ['8', 'Low'],
] as const;

const reason = (isRequired: boolean): Field => ({ name: 'reason', label: 'Reason', isRequired });
const until: Field = { name: 'until', label: 'Until (empty: until somebody resumes it)', isRequired: false };

export function partsOf({ op, target }: CommandAsked, model: ReadModel, now: Time): Parts {
  const plain = { target, facts: [], fields: [reason(false)], typed: null, isDestructive: false };
  switch (op) {
    case 'cancel':
      return cancelled(jobIn(model, target), target, now);
    case 'retry':
      return {
        ...plain,
        ...jobWords(jobIn(model, target), target, now),
        title: 'Retry this job',
        verb: 'Retry',
        effect: 'It goes back into the queue as the same job with a new attempt.',
      };
    case 'prioritise':
    case 'priority': {
      const job = jobIn(model, target);
      const choices: Field = {
        name: 'priority',
        label: 'Priority',
        isRequired: true,
        choices: PRIORITIES,
        value: `${job?.priority ?? 5}`,
      };
      return {
        ...plain,
        ...jobWords(job, target, now),
        title: 'Change the priority',
        verb: 'Change',
        effect: 'It moves in the queue; what runs already goes on.',
        fields: [choices, reason(false)],
      };
    }
    case 'pause':
    case 'unpause':
      return {
        ...plain,
        ...jobWords(jobIn(model, target), target, now),
        title: op === 'pause' ? 'Hold this job back' : 'Let this job go on',
        verb: op === 'pause' ? 'Hold back' : 'Let go on',
        effect: op === 'pause' ? 'No server takes it while it is held back.' : 'Servers may take it again.',
        fields: op === 'pause' ? [reason(false), until] : [reason(false)],
      };
    case 'approve':
    case 'reject':
      return {
        ...plain,
        ...jobWords(jobIn(model, target), target, now),
        title: op === 'approve' ? 'Approve this job' : 'Reject this job',
        verb: op === 'approve' ? 'Approve' : 'Reject',
        effect:
          op === 'approve'
            ? 'It runs when it has all the approvals that it needs.'
            : 'It is cancelled, and whoever asked for it reads why.',
        fields: [reason(op === 'reject')],
        isDestructive: op === 'reject',
      };
    case 'assign':
      return {
        ...plain,
        ...jobWords(jobIn(model, target), target, now),
        title: 'Keep this job for one server',
        verb: 'Assign',
        effect: 'Only that server takes it; empty lets every server take it again.',
        fields: [
          {
            name: 'agent',
            label: 'Server',
            isRequired: false,
            choices: [['', 'any server'], ...model.agents.map(({ id }) => [id, id] as const)],
          },
          reason(false),
        ],
      };
    case 'drain':
    case 'maintain':
      return {
        ...plain,
        facts: serverFacts(model, target, now),
        title: op === 'drain' ? 'Drain this server' : 'Take this server into maintenance',
        verb: op === 'drain' ? 'Drain' : 'Maintenance',
        effect:
          op === 'drain'
            ? 'It finishes what it runs and takes no more jobs.'
            : 'It takes no more jobs, and others know that it is away on purpose.',
        fields: [reason(false), until],
      };
    case 'resume':
      return {
        ...plain,
        facts: serverFacts(model, target, now),
        title: 'Resume this server',
        verb: 'Resume',
        effect: 'It takes jobs again.',
      };
    case 'remove':
      return {
        ...plain,
        facts: serverFacts(model, target, now),
        title: 'Strike this server off',
        verb: 'Strike off',
        effect: 'The yard forgets it. One that lives, or has jobs in its hands, stays.',
      };
    case 'break-lock':
      return broken(model, target, now);
    case 'read':
    case 'acknowledge':
    case 'ack': {
      const message = model.messages.find(({ id }) => id === target);
      const facts =
        message === undefined
          ? []
          : ([
              ['Message', message.subject || 'no subject'],
              ['From', message.from],
              ['To', message.to],
              ['Sent', ageWords(message.sentAt, now)],
            ] as const);
      const isRead = op === 'read';
      return {
        ...plain,
        target: message?.subject || target,
        facts,
        title: isRead ? 'Mark as read' : 'Acknowledge',
        verb: isRead ? 'Mark as read' : 'Acknowledge',
        effect: isRead
          ? 'Everybody sees that this recipient has read it.'
          : 'Everybody sees that this recipient has read it and will see to it.',
        fields: [
          {
            name: 'reader',
            label: 'As which recipient',
            isRequired: false,
            value: message && message.to !== 'all' ? message.to : '',
          },
        ],
      };
    }
    case 'pause-pool':
    case 'resume-pool':
    case 'pause-fleet':
    case 'resume-fleet': {
      const isPause = op.startsWith('pause');
      const what = op.endsWith('fleet') ? 'all servers' : `the servers of ${target}`;
      return {
        ...plain,
        target: what,
        title: isPause ? `Pause ${what}` : `Let ${what} go on`,
        verb: isPause ? 'Pause' : 'Go on',
        effect: isPause ? 'What runs goes on to its end; nothing new begins.' : 'Waiting jobs are taken again.',
        fields: isPause ? [reason(false), until] : [reason(false)],
        isDestructive: isPause,
      };
    }
  }
}

function cancelled(job: JobRow | undefined, target: string, now: Time): Parts {
  const held = job !== undefined && isHeld(job);
  return {
    ...jobWords(job, target, now),
    title: 'Cancel this job',
    verb: 'Cancel the job',
    effect: held
      ? `${job.agent ?? 'Its server'} is told to stop it; what it has done so far is lost.`
      : 'It leaves the queue; jobs that need it will not run.',
    fields: [reason(false)],
    typed: null,
    isDestructive: true,
  };
}

function broken(model: ReadModel, target: string, now: Time): Parts {
  const lock = model.locks.find(({ name }) => name === target);
  const others = Math.max(0, (lock?.holders ?? 0) - 1);
  const held =
    lock === undefined
      ? []
      : ([
          ['Held by', `${lock.holder ?? 'nobody'}${others === 0 ? '' : ` and ${counted(others, 'other')}`}`],
          ['Since', lock.acquiredAt === null ? 'unknown' : ageWords(lock.acquiredAt, now)],
          ['Ends', lock.expiresAt === null ? 'with its job' : untilWords(lock.expiresAt, now)],
          ['Waiting', `${lock.waiting}`],
        ] as const);
  return {
    target,
    facts: held,
    title: 'Break this lock',
    verb: 'Break the lock',
    effect:
      others === 0
        ? `${lock?.holder ?? 'Its holder'} loses it at once, though it may still be at work under it; the next in line gets it.`
        : `All ${others + 1} holders lose it at once, though they may still be at work under it; the next in line get it.`,
    fields: [reason(true)],
    typed: target,
    isDestructive: true,
  };
}
