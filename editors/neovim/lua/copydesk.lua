-- Starts copydesk in Neovim: require("copydesk").setup(). For Neovim 0.7 and newer.
local M = {}

-- The folder that a file belongs to.
local function root_of(file, markers)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local at = folder
  while true do
    for _, marker in ipairs(markers) do
      if vim.loop.fs_stat(at .. "/" .. marker) then
        return at
      end
    end
    local above = vim.fn.fnamemodify(at, ":h")
    if above == at then
      return folder
    end
    at = above
  end
end

-- Before 0.11: a server for each folder, asked for by each file that is opened.
local function start_by_hand(config)
  local running = {}
  local function attach(buffer)
    local file = vim.api.nvim_buf_get_name(buffer)
    if file == "" or vim.api.nvim_buf_get_option(buffer, "buftype") ~= "" then
      return
    end
    local root = root_of(file, config.root_markers)
    if not running[root] then
      running[root] = vim.lsp.start_client({
        name = "copydesk",
        cmd = config.cmd,
        root_dir = root,
        workspace_folders = { { name = root, uri = vim.uri_from_fname(root) } },
        settings = config.settings,
        on_exit = function()
          running[root] = nil
        end,
      })
    end
    if running[root] then
      vim.lsp.buf_attach_client(buffer, running[root])
    end
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("copydesk", {}),
    pattern = config.filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
end

-- `options` replaces parts of lsp/copydesk.lua, such as `cmd`, `filetypes`, or `settings = { copydesk = { lang = "en" } }`.
function M.setup(options)
  local here = debug.getinfo(1, "S").source:sub(2)
  local config = dofile(vim.fn.fnamemodify(here, ":p:h:h") .. "/lsp/copydesk.lua")
  config = vim.tbl_deep_extend("force", config, options or {})
  vim.filetype.add({ extension = { mdx = "mdx", jsonl = "jsonl", ndjson = "jsonl" } })
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config("copydesk", config)
    vim.lsp.enable("copydesk")
  else
    start_by_hand(config)
  end
end

-- Applies all safe fixes to the article in front, and waits for it: for an autocommand on BufWritePre.
function M.fix_all(timeout)
  local buffer = vim.api.nvim_get_current_buf()
  local last = vim.api.nvim_buf_line_count(buffer)
  local given = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = { line = 0, character = 0 }, ["end"] = { line = last, character = 0 } },
    context = { diagnostics = {}, only = { "source.fixAll.copydesk" } },
  }
  local answers = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", given, timeout or 1000) or {}
  for id, answer in pairs(answers) do
    local client = vim.lsp.get_client_by_id(id)
    for _, action in ipairs(answer.result or {}) do
      if action.edit and client and client.name == "copydesk" then
        vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding or "utf-16")
      end
    end
  end
end

return M
