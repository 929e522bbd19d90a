/** Completion for PowerShell, with what each word does. Written by its documentation; no PowerShell has run it here. */
import { type Choice, PROGRAMS, stepsOf, type Tables } from './tables.ts';

export function powershell(tables: Tables): string {
  return `Register-ArgumentCompleter -Native -CommandName ${PROGRAMS.map(quoted).join(', ')} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $steps = @(${stepsOf(tables).map(quoted).join(', ')})
    $words = ${tableOf(tables.words)}
    $flags = ${tableOf(tables.flags)}
    $values = ${tableOf(tables.values)}
    $before = ''
    $previous = ''
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $previous = $element.Extent.Text
        if ($previous.StartsWith('-')) { continue }
        if ($steps -ccontains "$before $previous") { $before = "$before $previous".Trim() }
    }
    # Each branch for itself: the result of an "if" would take a list of one apart.
    if ($values.ContainsKey("$before $previous")) { $table = $values["$before $previous"] }
    elseif ($wordToComplete.StartsWith('-')) { $table = $flags[$before] }
    else { $table = $words[$before] }
    foreach ($choice in $table) {
        if ($choice[0].StartsWith($wordToComplete)) {
            [System.Management.Automation.CompletionResult]::new($choice[0], $choice[0], 'ParameterValue', $choice[1])
        }
    }
}
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The comma before a pair keeps one alone from being taken apart. */
const tableOf = (table: ReadonlyMap<string, readonly Choice[]>): string => {
  const rows = [...table].map(([key, those]) => {
    const pairs = those.map(({ word, summary }) => `,@(${quoted(word)}, ${quoted(summary)})`);
    return `        ${quoted(key)} = @(${pairs.map((it) => `(${it})`).join('; ')})`;
  });
  return `@{\n${rows.join('\n')}\n    }`;
};
