/** The charts of the history: the same points, each drawn for one question. */
import { html, type TemplateResult } from 'lit';
import { durationWords } from '../../format.ts';
import { type HistoryPoint, momentOf } from './spans.ts';
import '../../parts/charts/time-chart.ts';
import '../../parts/empty-note.ts';

type Points = readonly HistoryPoint[];

const NONE = html`<empty-note text="The first point is drawn when the first hour of this yard is over."></empty-note>`;
const took = (seconds: number): string => durationWords(seconds * 1000);

export function endedChart(points: Points): TemplateResult {
  const series = [
    { name: 'Succeeded', tone: 'ok', values: points.map((it) => it.succeeded) },
    { name: 'Failed', tone: 'bad', values: points.map((it) => it.failed) },
  ];
  if (points.length === 0) return NONE;
  return html`<time-chart label="Jobs that ended" unit="jobs" .kind=${'bars'} .moments=${points.map(momentOf)} .series=${series}></time-chart>`;
}

export function queueChart(points: Points): TemplateResult {
  const series = [
    { name: 'Waiting', tone: 'wait', values: points.map((it) => it.queued) },
    { name: 'Running', tone: 'run', values: points.map((it) => it.running) },
  ];
  if (points.length === 0) return NONE;
  return html`<time-chart label="Jobs waiting and running" unit="jobs" .moments=${points.map(momentOf)} .series=${series}></time-chart>`;
}

export function waitChart(points: Points): TemplateResult {
  const series = [{ name: 'Longest wait', tone: 'wait', values: points.map((it) => it.oldestWaitSeconds) }];
  if (points.length === 0) return NONE;
  return html`<time-chart label="Longest wait" .measure=${'seconds'} .words=${took} .moments=${points.map(momentOf)} .series=${series}></time-chart>`;
}

export function takenChart(points: Points): TemplateResult {
  const series = [{ name: 'Half take at most', tone: 'run', values: points.map((it) => it.p50Seconds) }];
  if (points.length === 0) return NONE;
  return html`<time-chart label="Usual time of a build" .measure=${'seconds'} .words=${took} .moments=${points.map(momentOf)} .series=${series}></time-chart>`;
}
