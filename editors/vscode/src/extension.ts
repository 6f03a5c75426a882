// Where VS Code begins: it starts the server, and starts it again when what it depends on changes.

import * as vscode from "vscode";

import { commands } from "./commands";
import { Server } from "./server";
import { statusItem } from "./status";

export async function activate(context: vscode.ExtensionContext) {
  const server = new Server();
  context.subscriptions.push(
    server,
    statusItem(server),
    commands(server),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    // The server asks for its settings itself; these are the ones that it cannot take up.
    vscode.workspace.onDidChangeConfiguration((changed) => {
      if (["copydesk.enable", "copydesk.path"].some((key) => changed.affectsConfiguration(key))) void server.restart();
    }),
  );
  await server.restart();
}
