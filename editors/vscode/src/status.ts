// The status item: what was found in the article in front, and how long that is.

import * as vscode from "vscode";

import { ARTICLES, Condition, Server, Status } from "./server";

export function statusItem(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("copydesk.status", ARTICLES);
  item.name = "copydesk";
  const bar = vscode.window.createStatusBarItem("copydesk.findings", vscode.StatusBarAlignment.Right, 50);
  bar.name = "copydesk";
  const statuses = new Map<string, Status>();
  let condition: Condition = { kind: "off" };

  function show() {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || vscode.languages.match(ARTICLES, document) === 0) {
      bar.hide();
      return;
    }
    const status = statuses.get(document.uri.toString());
    const told = say(condition, findings(document.uri, status), status?.words);
    bar.text = told.short;
    bar.tooltip = item.text = told.long;
    item.severity = condition.kind === "failed" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    bar.command = condition.kind === "running" ? "workbench.actions.view.problems" : "copydesk.showLog";
    item.command = { command: bar.command, title: condition.kind === "running" ? "Problems" : "Log" };
    bar.show();
  }

  return vscode.Disposable.from(
    item,
    bar,
    server.onCondition((now) => {
      condition = now;
      if (now.kind !== "running") statuses.clear();
      show();
    }),
    server.onStatus((status) => {
      statuses.set(vscode.Uri.parse(status.uri).toString(), status);
      show();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => statuses.delete(document.uri.toString())),
    vscode.languages.onDidChangeDiagnostics(show),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
}

/** How many findings there are: as the server tells, else as VS Code shows. */
function findings(uri: vscode.Uri, status: Status | undefined): number {
  if (status) return status.errors + status.warnings + status.notes;
  return vscode.languages.getDiagnostics(uri).filter((shown) => shown.source === "copydesk").length;
}

function say(condition: Condition, found: number, words: number | undefined) {
  if (condition.kind === "failed") return { short: "$(error) copydesk", long: `copydesk: ${condition.problem}` };
  if (condition.kind === "off") return { short: "$(circle-slash) copydesk", long: "copydesk is off" };
  const short = found === 0 ? "$(check) copydesk" : `$(warning) copydesk ${found}`;
  const number = found === 0 ? "no findings" : found === 1 ? "1 finding" : `${found} findings`;
  return { short, long: words === undefined ? number : `${number} in ${words} words` };
}
