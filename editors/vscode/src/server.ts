// The server: started, stopped, and started again where a setting needs it.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from "vscode-languageclient/node";

import { findProgram } from "./program";

/** What articles are written in. The endings are those of the formats that copydesk reads. */
export const ARTICLES = [
  ...["plaintext", "markdown", "mdx", "html", "jsonl"].flatMap((language) => [
    { scheme: "file", language },
    { scheme: "untitled", language },
  ]),
  { scheme: "file", pattern: "**/*.{txt,text,md,markdown,mdx,html,htm,xhtml,jsonl,ndjson}" },
];

/** What the server tells of an article, in `copydesk/status`. */
export interface Status {
  uri: string;
  words: number;
  errors: number;
  warnings: number;
  notes: number;
}

export type Condition = { kind: "running" } | { kind: "off" } | { kind: "failed"; problem: string };

export class Server implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel("copydesk", { log: true });
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly conditions = new vscode.EventEmitter<Condition>();
  private readonly statuses = new vscode.EventEmitter<Status>();
  readonly onCondition = this.conditions.event;
  readonly onStatus = this.statuses.event;

  /** The program, or why there is none. */
  program() {
    return findProgram({
      setting: vscode.workspace.getConfiguration("copydesk").get<string>("path", "").trim(),
      searched: process.env.PATH ?? "",
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      trusted: vscode.workspace.isTrusted,
      windows: process.platform === "win32",
    });
  }

  /** Stops the server, if it runs, and starts it, if it is enabled. Calls wait for each other. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stopNow()).then(() => this.startNow());
    return this.turn;
  }

  /** Asks the server, where it runs. */
  async ask<Answer>(method: string, given: unknown): Promise<Answer | undefined> {
    await this.turn;
    return this.client?.sendRequest<Answer>(method, given);
  }

  /** How positions are written for the server, and its edits read. */
  get convert() {
    return this.client && { to: this.client.code2ProtocolConverter, from: this.client.protocol2CodeConverter };
  }

  async dispose() {
    await this.turn;
    await this.stopNow();
    this.log.dispose();
    this.conditions.dispose();
    this.statuses.dispose();
  }

  private async stopNow() {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.log.warn(`the server did not stop as it should: ${error}`);
    }
  }

  private async startNow() {
    if (!vscode.workspace.getConfiguration("copydesk").get("enable", true)) {
      this.conditions.fire({ kind: "off" });
      return;
    }
    const found = this.program();
    if ("problem" in found) {
      this.fail(found.problem);
      return;
    }
    this.log.info(`starting ${found.program}`);
    const server: ServerOptions = { command: found.program, args: ["server"] };
    const options: LanguageClientOptions = {
      documentSelector: ARTICLES,
      outputChannel: this.log,
      initializationOptions: { status: true },
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true },
    };
    const client = new LanguageClient("copydesk", "copydesk", server, options);
    client.onNotification("copydesk/status", (status: Status) => this.statuses.fire(status));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.conditions.fire({ kind: "running" });
      else if (newState === State.Stopped && this.client === client) this.fail("the server has stopped");
    });
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.client = undefined;
      this.fail(`${found.program} does not start: ${error instanceof Error ? error.message : error}`);
    }
  }

  private fail(problem: string) {
    this.log.error(problem);
    this.conditions.fire({ kind: "failed", problem });
  }
}
