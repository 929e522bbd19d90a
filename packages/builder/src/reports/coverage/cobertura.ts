/** Cobertura, the XML of coverlet, coverage.py, gcovr and istanbul. */
import { numberOf, type Tag, tagOf, tagsOf, textOf } from '../xml.ts';
import type { CoverageReport, CoveredLine } from './line-book.ts';

export function coberturaReport(root: Tag): CoverageReport {
  const coverage = tagOf(root.coverage);
  const source = textOf(tagsOf(tagOf(coverage?.sources), 'source')[0], '#text') ?? '';
  const classes = tagsOf(tagOf(coverage?.packages), 'package').flatMap((it) => tagsOf(tagOf(it.classes), 'class'));
  const files = new Map<string, CoveredLine[]>();
  for (const it of classes) {
    const file = below(source, textOf(it, 'filename') ?? '');
    files.set(file, [...(files.get(file) ?? []), ...tagsOf(tagOf(it.lines), 'line').map(lineOf)]);
  }
  return files;
}

/** File names count from the folder of the sources, where they are not whole. */
function below(source: string, file: string): string {
  const isWhole = /^(\/|[A-Za-z]:[\\/])/.test(file);
  return isWhole || source === '' ? file : `${source.replace(/[\\/]$/, '')}/${file}`;
}

function lineOf(tag: Tag): CoveredLine {
  const [, hit, all] = /\((\d{1,6})\/(\d{1,6})\)/.exec(textOf(tag, 'condition-coverage') ?? '') ?? [];
  return {
    line: numberOf(tag, 'number') ?? 0,
    hit: (numberOf(tag, 'hits') ?? 0) > 0,
    branches: Number(all ?? 0),
    branchesHit: Number(hit ?? 0),
  };
}
