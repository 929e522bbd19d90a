/** JaCoCo's XML: lines of source files, in packages, in groups for the modules of a build. */
import { numberOf, type Tag, tagOf, tagsOf, textOf } from '../xml.ts';
import type { CoverageReport, CoveredLine } from './line-book.ts';

export function jacocoReport(root: Tag): CoverageReport {
  const report = tagOf(root.report);
  const groups = report ? [report, ...tagsOf(report, 'group')] : [];
  const packages = groups.flatMap((it) => tagsOf(it, 'package'));
  return new Map(packages.flatMap(filesOf));
}

function filesOf(of: Tag): [string, CoveredLine[]][] {
  const folder = textOf(of, 'name') ?? '';
  return tagsOf(of, 'sourcefile').map((it) => [`${folder}/${textOf(it, 'name')}`, tagsOf(it, 'line').map(lineOf)]);
}

function lineOf(tag: Tag): CoveredLine {
  const number = (name: string) => numberOf(tag, name) ?? 0;
  return {
    line: number('nr'),
    hit: number('ci') > 0,
    branches: number('mb') + number('cb'),
    branchesHit: number('cb'),
  };
}
