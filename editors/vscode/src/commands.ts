// The commands. Those that need more than the server run the program.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

import * as vscode from "vscode";
import type { CodeAction } from "vscode-languageclient/node";

import { run } from "./run";
import { Server } from "./server";

const FIX_ALL = "source.fixAll.copydesk";
const EXPLAINED = "copydesk-explain";

export function commands(server: Server): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register("copydesk.fixAll", () => told(fixAll(server))),
    register("copydesk.explain", (lint?: unknown) => told(explain(server, typeof lint === "string" ? lint : undefined))),
    register("copydesk.showReport", () => told(showReport(server))),
    register("copydesk.restart", () => told(server.restart())),
    register("copydesk.showLog", () => server.log.show()),
    vscode.workspace.registerTextDocumentContentProvider(EXPLAINED, {
      provideTextDocumentContent: (uri) => explanation(server, path.posix.basename(uri.path, ".txt")),
    }),
  );
}

/** Shows what went wrong. */
async function told(done: Promise<void>) {
  try {
    await done;
  } catch (error) {
    void vscode.window.showErrorMessage(`copydesk: ${error instanceof Error ? error.message : error}`);
  }
}

function program(server: Server): string {
  const found = server.program();
  if ("problem" in found) throw new Error(found.problem);
  return found.program;
}

async function fixAll(server: Server) {
  const document = vscode.window.activeTextEditor?.document;
  const convert = server.convert;
  if (!document || !convert) return;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const actions = await server.ask<CodeAction[] | null>("textDocument/codeAction", {
    textDocument: convert.to.asTextDocumentIdentifier(document),
    range: convert.to.asRange(new vscode.Range(new vscode.Position(0, 0), end)),
    context: { diagnostics: [], only: [FIX_ALL] },
  });
  for (const action of actions ?? []) {
    const edit = await convert.from.asWorkspaceEdit(action.edit);
    if (edit) await vscode.workspace.applyEdit(edit);
  }
}

async function explain(server: Server, given: string | undefined) {
  const lint = given ?? lintAtCursor() ?? (await choose(server));
  if (lint === undefined) return;
  if (!/^[a-z0-9-]+$/.test(lint)) throw new Error(`“${lint}” is no lint`);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: EXPLAINED, path: `/${lint}.txt` }));
  await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

async function explanation(server: Server, lint: string): Promise<string> {
  const { code, output, errors } = await run(program(server), ["explain", lint], folder()?.uri.fsPath);
  return code === 0 ? output : errors;
}

/** The lint of the finding at the cursor. */
function lintAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .find((shown) => shown.source === "copydesk" && shown.range.contains(editor.selection.active));
  const code = here?.code;
  return typeof code === "object" ? String(code.value) : code === undefined ? undefined : String(code);
}

async function choose(server: Server): Promise<string | undefined> {
  const { code, output, errors } = await run(program(server), ["lints", "--output-format", "json"], folder()?.uri.fsPath);
  if (code !== 0) throw new Error(errors);
  const lints: { id: string; summary: string }[] = JSON.parse(output);
  const items = lints.map(({ id, summary }) => ({ label: id, description: summary }));
  return (await vscode.window.showQuickPick(items, { matchOnDescription: true, placeHolder: "Which lint?" }))?.label;
}

function folder(): vscode.WorkspaceFolder | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return (uri && vscode.workspace.getWorkspaceFolder(uri)) ?? vscode.workspace.workspaceFolders?.[0];
}

/** Writes the report of the folder in front to a folder of its own, and shows it. The page has no scripts, and gets none. */
async function showReport(server: Server) {
  const of = folder();
  if (!of) throw new Error("no folder is open whose report could be shown");
  const own = await mkdtemp(path.join(tmpdir(), "copydesk-"));
  try {
    const page = path.join(own, "report.html");
    const title = `copydesk: report of ${of.name}`;
    const ran = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      run(program(server), ["report", "--output", page, "."], of.uri.fsPath),
    );
    const html = await readFile(page, "utf8").catch(() => undefined);
    if (html === undefined) throw new Error(ran.errors || `the report was not written (exit code ${ran.code})`);
    const panel = vscode.window.createWebviewPanel("copydesk.report", title, vscode.ViewColumn.Active, {
      enableScripts: false,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.webview.html = html;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
