/**
 * Tells people what the rules of yard.json ask for, over the channels that this agent has the addresses of. Each rule is for
 * one of the agents that can; what is told is announced in the yard before, and made sure after. Nothing here waits for a
 * channel that does not answer: it is tried beside the loop, told of, and left alone for a while.
 */
import { type Notice, type NoticesDue, type Notification, noticesDue } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { deliver } from '../notify/deliver.ts';
import { openChannel } from '../notify/list.ts';
import { type ChannelSettings, channelSettings, keyOf } from '../notify/settings.ts';
import { messageOf, summaryOf } from '../notify/words.ts';
import { atMost, monotonicMs, pause, unlessAborted } from '../pause.ts';
import { isElected, livePeers, ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';
import { textOf } from '../trouble.ts';
import { ownChannels } from '../upkeep/commit-statuses.ts';

const LONGEST_WAIT_MS = 30_000;
/** Between two looks: the bell may ring many times a second. */
const SHORTEST_WAIT_MS = 1_000;
const LEFT_ALONE_MS = 5 * 60_000;
const LAST_WORD_MS = 5_000;

type Settings = ReadonlyMap<string, ChannelSettings>;

export async function notify(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { bell, board, self, yard } = context;
  const desk = new Desk(context, line, signal);
  while (!signal.aborted) {
    const since = bell.count;
    const { notifications } = yard.state.yard;
    const settings = notifications.length === 0 ? new Map() : await channelSettings(self.home, process.env);
    const served = notifications.filter((it) => settings.has(keyOf(it.channel)));
    board.serves([...new Set([...served.map((it) => it.channel), ...ownChannels(context)])].sort());
    desk.forgetOthers(served);
    for (const rule of served) await desk.look(rule, settings);
    desk.tell(served.length);
    await pause(SHORTEST_WAIT_MS, signal);
    await bell.wait({ since, ms: LONGEST_WAIT_MS, signal });
  }
  await desk.empty();
}

class Desk {
  private readonly context: AgentContext;
  private readonly line: LoopLine;
  private readonly signal: AbortSignal;
  private readonly underWay = new Map<string, Promise<void>>();
  /** By rule: what went wrong last, and until when it is left alone. */
  private readonly failing = new Map<string, { readonly text: string; readonly untilMs: number }>();

  constructor(context: AgentContext, line: LoopLine, signal: AbortSignal) {
    this.context = context;
    this.line = line;
    this.signal = signal;
  }

  /** A rule that is gone, or whose channel is, fails no more. */
  forgetOthers(rules: readonly Notification[]): void {
    const names = new Set(rules.map((it) => it.name));
    for (const name of this.failing.keys()) if (!names.has(name)) this.failing.delete(name);
  }

  async look(rule: Notification, settings: Settings): Promise<void> {
    const { context, signal } = this;
    if (this.underWay.has(rule.name) || (this.failing.get(rule.name)?.untilMs ?? 0) > monotonicMs()) return;
    if (!isOurs(context, rule) || isNothing(this.due(rule))) {
      this.failing.delete(rule.name);
      return;
    }
    await ourTurn(context, `notify/${rule.name}`, signal);
    const due = this.due(rule);
    if (signal.aborted || isNothing(due)) return;
    const own = settings.get(keyOf(rule.channel));
    if (!own || !(await this.announced(rule, due))) return;
    const sending = this.send(rule, { due, settings: own })
      .catch((error: unknown) => this.leaveAlone(rule, textOf(error)))
      .finally(() => this.underWay.delete(rule.name));
    this.underWay.set(rule.name, sending);
  }

  tell(rules: number): void {
    const [failing] = [...this.failing].map(([name, { text }]) => `${name}: ${text}`);
    if (failing !== undefined) this.line.failed(failing, LEFT_ALONE_MS);
    else this.line.doing(rules === 0 ? 'has no channel to tell anybody' : `watching for ${rules} rules`);
  }

  async empty(): Promise<void> {
    await Promise.all(this.underWay.values());
  }

  private due(rule: Notification): NoticesDue {
    const { yard } = this.context;
    return noticesDue(rule, yard.state, yard.now());
  }

  /** False: somebody else was faster, or the state is another one by now. */
  private async announced(rule: Notification, due: NoticesDue): Promise<boolean> {
    const { yard, self } = this.context;
    const announcements = everything(due).map(({ key, state, code, about, silent }) => ({
      key,
      state,
      code,
      about,
      silent,
    }));
    const messages = due.single.length + Number(due.summary.length > 0);
    const input = { rule: rule.name, announcements, messages, by: self.id, now: yard.now() };
    const answer = await unlessAborted(yard.perform('announce', input, { signal: this.signal }), this.signal);
    return answer?.ok === true && messages > 0;
  }

  private async send(
    rule: Notification,
    { due, settings }: { due: NoticesDue; settings: ChannelSettings },
  ): Promise<void> {
    const yardName = this.context.yard.state.yard.name;
    const messages = due.single.map((it) => ({ of: [it], message: messageOf(rule, it, yardName) }));
    const summary =
      due.summary.length === 0 ? [] : [{ of: due.summary, message: summaryOf(rule, due.summary, yardName) }];
    const sent: Notice[] = [];
    let went = 0;
    let failure: string | undefined;
    try {
      const channel = openChannel(settings);
      for (const { of, message } of [...messages, ...summary]) {
        failure = await deliver({ channel, message, signal: this.signal });
        if (failure !== undefined) break;
        sent.push(...of);
        went++;
      }
    } catch (error) {
      failure = textOf(error);
    }
    const lost = [...due.single, ...due.summary].filter((it) => !sent.includes(it));
    const all = messages.length + summary.length;
    await this.assure(rule, { notices: sent, outcome: 'sent', messages: went });
    await this.assure(rule, { notices: lost, outcome: 'failed', messages: all - went });
    if (failure === undefined) this.failing.delete(rule.name);
    else this.leaveAlone(rule, failure);
  }

  /** Also on our way out: then somebody else can tell it at once. */
  private async assure(rule: Notification, { notices, outcome, messages }: Outcome): Promise<void> {
    if (notices.length === 0) return;
    const { yard, self } = this.context;
    const signal = this.signal.aborted ? AbortSignal.timeout(LAST_WORD_MS) : atMost(LEFT_ALONE_MS, this.signal);
    const keys = notices.map((it) => it.key);
    const input = { rule: rule.name, keys, outcome, messages, by: self.id, now: yard.now() };
    await unlessAborted(yard.perform('assure', input, { signal }), signal);
  }

  private leaveAlone({ name }: Notification, text: string): void {
    this.failing.set(name, { text: text.slice(0, 300), untilMs: monotonicMs() + LEFT_ALONE_MS });
    this.tell(0);
  }
}

interface Outcome {
  readonly notices: readonly Notice[];
  readonly outcome: 'sent' | 'failed';
  readonly messages: number;
}

const everything = ({ single, summary, silent }: NoticesDue): Notice[] => [...single, ...summary, ...silent];
const isNothing = (due: NoticesDue): boolean => everything(due).length === 0;

function isOurs(context: AgentContext, rule: Notification): boolean {
  const { yard } = context;
  const { heartbeats } = yard.state;
  const able = livePeers(yard.state, yard.now()).filter((it) => heartbeats.get(it.id)?.channels.includes(rule.channel));
  return isElected(context, `notify/${rule.name}`, able);
}
