/** The health of the fleet in the status bar; a click shows what needs somebody, or connects where nothing is connected. */
import * as vscode from 'vscode';
import type { ConnectedYard } from '../link/connected-yard.ts';
import { fleetHealth } from '../model/fleet-health.ts';

const BACKGROUNDS = {
  calm: undefined,
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
};

export function statusItem(yard: ConnectedYard): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('gityard.health', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Gityard';
  const draw = () => {
    const { link, connection, server } = yard;
    const now = link?.now() ?? new Date().toISOString();
    const { text, tooltip, tone } = fleetHealth({ model: link?.model, connection, server }, now);
    const background = BACKGROUNDS[tone];
    item.text = text;
    item.tooltip = new vscode.MarkdownString(tooltip);
    item.accessibilityInformation = { label: text.replaceAll(/\$\([^)]*\)/g, '').trim() };
    item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    item.command = link?.model ? 'gityard.showOverview' : 'gityard.connect';
  };
  const subscription = yard.onDidChange(draw);
  draw();
  item.show();
  return vscode.Disposable.from(item, subscription);
}
