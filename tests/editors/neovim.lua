-- What someone does in Neovim: opens an article, sees what is marked, takes a fix, saves. `nvim --clean --headless -l` is
-- too new for all that this runs in, so: nvim --clean --headless -c "luafile neovim.lua". The environment says where.
local root, article = os.getenv("ROOT"), os.getenv("ARTICLE")

local function fail(said)
  io.stderr:write("neovim: " .. said .. "\n")
  vim.cmd("cquit 1")
end

local function marked()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, (one.code or "?") .. " " .. one.lnum .. ":" .. one.col)
  end
  table.sort(found)
  return table.concat(found, ", ")
end

local function wait_for(what, holds)
  if not vim.wait(20000, holds, 20) then
    fail("waited in vain for " .. what .. "; marked: " .. marked())
  end
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
end

local ok, said = pcall(function()
  vim.opt.runtimepath:append(root .. "/editors/neovim")
  vim.cmd("filetype on")
  local copydesk = require("copydesk")
  copydesk.setup({ cmd = { os.getenv("COPYDESK"), "server" } })
  vim.cmd("edit " .. article)

  -- Columns are bytes here: before the second finding stands a character of four.
  wait_for("what is marked", function()
    return marked() == "doubled-space 4:18, inconsistent-name 4:48, repeated-word 2:20"
  end)

  -- An action at the cursor; the last one offered for a fix is taken as a user takes it from the list.
  vim.api.nvim_win_set_cursor(0, { 3, 22 })
  local offered
  vim.ui.select = function(items, options, choose)
    offered = {}
    for at, item in ipairs(items) do
      local action = item.action or item[2] or item
      table.insert(offered, action.title)
      if action.title:find("elete") then
        choose(item, at)
        return
      end
    end
    fail("no fix is offered, only: " .. table.concat(offered, "; "))
  end
  vim.lsp.buf.code_action()
  wait_for("the fix", function()
    return not text():find("the the", 1, true)
  end)
  wait_for("the rest", function()
    return marked() == "doubled-space 4:18, inconsistent-name 4:48"
  end)

  -- Typing marks anew.
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { "", "The toll for the the ferry is gone." })
  wait_for("what was typed", function()
    return marked():find("repeated-word 6:13", 1, true) ~= nil
  end)

  -- All safe fixes; the name is not one.
  copydesk.fix_all(5000)
  wait_for("all fixes", function()
    return marked() == "inconsistent-name 4:47"
  end)
  vim.cmd("write")
end)
if not ok then
  fail(said)
end
vim.cmd("quitall!")
