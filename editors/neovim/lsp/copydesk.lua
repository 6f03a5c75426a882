-- For Neovim 0.11 and newer: with this folder in 'runtimepath', `vim.lsp.enable("copydesk")` is all.
return {
  cmd = { "copydesk", "server" },
  filetypes = { "text", "markdown", "mdx", "html", "jsonl" },
  root_markers = { "copydesk.toml", ".copydesk.toml", ".git" },
}
