/**
 * A sentence of the yard as people read it: its moments as the clock on the wall says them, its machines called servers, and
 * jobs by what they build where the snapshot knows them.
 */
import { type ReadModel, type Time, toMs } from '@gityard/domain';
import { html, type TemplateResult } from 'lit';
import { clockTime, shortId } from '../format.ts';
import { type JobRow, jobRevision, jobTitle } from '../rows.ts';
import { hrefHere } from './href-here.ts';

/** A moment, or what may be an id, but for those in commands; in groups, so that a split keeps them at every second place. */
const MARKS =
  /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|(?<!gityard \w+ \w+ )\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-7][0-9a-z]{9,25})\b)/;
/** As every job is named that somebody did not name, or that was asked for over the API: long, and of no use to a reader. */
const MADE_UP = /^(?:[0-7][0-9a-hjkmnp-tv-z]{25}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

type Jobs = Pick<ReadModel, 'jobs' | 'finished'>;

export function toldText(text: string, now: Time, jobs?: Jobs): TemplateResult {
  return html`${piecesOf(text).map((piece, at) => (at % 2 === 0 ? piece : isMoment(piece) ? moment(piece, now) : named(piece, { text, jobs })))}`;
}

/** The same for where no element can stand: a title, or what is read out. */
export const toldWords = (text: string, now: Time, jobs?: Jobs): string =>
  piecesOf(text)
    .map((piece, at) =>
      at % 2 === 0 ? piece : isMoment(piece) ? clockTime(toMs(piece), now) : nameOf(piece, jobWith(piece, jobs), text),
    )
    .join('');

/** Commands that are quoted in it stay as they are typed, and so do paths of files. */
export const serverWords = (text: string): string =>
  text
    .replace(/(\b[Aa])n agent\b(?![-./]\w)/g, '$1 server')
    .replace(/(?<!gityard |[-./])\bagent(s?)\b(?![-./]\w)/g, 'server$1');

const piecesOf = (text: string): readonly string[] => capital(serverWords(text)).split(MARKS);
const isMoment = (piece: string): boolean => piece.endsWith('Z');

const moment = (piece: string, now: Time) =>
  html`<time class="nowrap" datetime=${piece} title=${piece}>${clockTime(toMs(piece), now)}</time>`;

function named(id: string, { text, jobs }: { readonly text: string; readonly jobs: Jobs | undefined }) {
  const job = jobWith(id, jobs);
  const name = nameOf(id, job, text);
  if (job) return html`<a href=${hrefHere(['jobs', id])} title=${id}>${name}</a>`;
  return name === id ? id : html`<span title=${id}>${name}</span>`;
}

const jobWith = (id: string, jobs: Jobs | undefined): JobRow | undefined =>
  jobs?.jobs.find((job) => job.id === id) ?? jobs?.finished.find((job) => job.id === id);

/** A command is no name to be read in a sentence, and a branch need not be said twice. */
function nameOf(id: string, job: JobRow | undefined, said: string): string {
  if (!job || job.repository === null) return MADE_UP.test(id) ? shortId(id) : id;
  const isSaid = job.branch === null || said.includes(`branch ${job.branch}`);
  return isSaid ? jobTitle(job) : `${jobTitle(job)} ${jobRevision(job)}`.trim();
}

/** A word of letters alone is a word; anything else may be the name of somebody or of a file, and what ended with a code is a command. */
const capital = (text: string): string =>
  /^[a-z]+\b(?![-./\d]| -|.* ended with )/s.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
