---@brief Pages to read: the request that would be sent, usage, the server's log.

local errors = require('grok.errors')
local float = require('grok.float')
local wire = require('grok.wire')

local M = {}

local namespace = vim.api.nvim_create_namespace('grok.placeholders')
vim.api.nvim_set_hl(0, 'GrokPlaceholder', { link = 'Substitute', default = true })

---@param client vim.lsp.Client
---@param bufnr integer
---@param command string
---@param arguments any[]?
---@param done fun(answer: table)
local function execute(client, bufnr, command, arguments, done)
  local params = { command = command, arguments = arguments }
  client:request('workspace/executeCommand', params, function(err, answer)
    if err then
      errors.notify(err.message, vim.log.levels.ERROR)
    elseif type(answer) == 'table' then
      done(require('grok.wire').plain(answer))
    end
  end, bufnr)
end

---@param title string
---@param text string
---@param notes? string[]
---@return integer bufnr
local function show(title, text, notes)
  local page = float.open({ name = 'page', title = title, filetype = 'markdown', enter = true })
  float.set(page, text)
  float.fit(page)
  float.footer(page, 'q close', unpack(notes or {}))
  vim.api.nvim_win_set_cursor(page.winid, { 1, 0 })
  return page.bufnr
end

--- Wherever one of `words` stands in the buffer. Each has its own fixed end, so none is the beginning of another.
---@param bufnr integer
---@param words string[]
local function mark(bufnr, words)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)) do
    for _, word in ipairs(words) do
      local first, last = line:find(word, 1, true)
      while first do
        -- Above what a parser says of the text.
        local look = { end_col = last, hl_group = 'GrokPlaceholder', priority = 200 }
        vim.api.nvim_buf_set_extmark(bufnr, namespace, row - 1, first - 1, look)
        first, last = line:find(word, last + 1, true)
      end
    end
  end
end

---@param placeholders { word: string, kind: string, places: integer }[]
---@return string[] words, string? note
local function replaced(placeholders)
  local words = vim.tbl_map(function(each)
    return each.word
  end, placeholders)
  return words, #words > 0 and ('%d replaced'):format(#words) or nil
end

---@param client vim.lsp.Client
---@param bufnr integer
---@param run grok.RunAction
function M.preview(client, bufnr, run)
  execute(client, bufnr, 'grok.preview', { run }, function(answer)
    if not answer.markdown then
      errors.notify(answer.message or 'There is nothing to preview.', vim.log.levels.WARN)
      return
    end
    local words, note = replaced(answer.placeholders or {})
    local notes = { 'nothing was sent', note }
    if answer.inputTokens then
      notes[#notes + 1] = wire.count(answer.inputTokens) .. ' tokens'
    end
    if answer.maxCostUsd then
      notes[#notes + 1] = 'at most ' .. wire.money(answer.maxCostUsd)
    end
    mark(show(('Grok: what %s would send'):format(run.action), answer.markdown, notes), words)
  end)
end

---@param answer table of `grok.usage`
---@return string Markdown
function M.usage_text(answer)
  local session, today = answer.session or {}, answer.today or {}
  local lines = { '# Usage', '' }
  local function add(format, ...)
    lines[#lines + 1] = format:format(...)
  end
  local used = wire.count(session.tokens or 0)
  if session.limit and session.limit > 0 then
    add('- This session: %s of %s tokens, %s left', used, wire.count(session.limit), wire.count(session.remaining or 0))
  else
    add('- This session: %s tokens, no limit', used)
  end
  add('- Cost of this session: %s', session.costUsd and wire.money(session.costUsd) or 'not known')
  local limit = today.limit and today.limit > 0 and (' of %s'):format(wire.money(today.limit)) or ', no limit'
  add('- Today: %s%s', today.costUsd and wire.money(today.costUsd) or 'not known', limit)
  add('- Running jobs: %d', #(answer.jobs or {}))
  if answer.breaker and answer.breaker ~= 'closed' then
    add('- The endpoint is not answering (breaker %s).', answer.breaker)
  end
  return table.concat(lines, '\n')
end

---@param client vim.lsp.Client
function M.usage(client)
  execute(client, 0, 'grok.usage', nil, function(answer)
    show('Grok: usage', M.usage_text(answer))
  end)
end

---@param client vim.lsp.Client
function M.reset_budget(client)
  execute(client, 0, 'grok.resetBudget', nil, function(answer)
    show('Grok: usage', M.usage_text(answer))
  end)
end

--- The lines of Neovim's LSP log that are about this server, in a buffer of their own.
function M.log()
  local path = vim.lsp.log.get_filename()
  local lines = {}
  for line in io.lines(vim.uv.fs_stat(path) and path or '/dev/null') do
    if line:find('grok', 1, true) then
      -- What the server wrote to stderr is quoted, one entry for many lines.
      for _, part in ipairs(vim.split(line:gsub('\\n', '\n'):gsub('\\t', '  '), '\n', { plain = true })) do
        lines[#lines + 1] = part
      end
    end
  end
  if #lines == 0 then
    lines =
      { ('Nothing about grok-ls in %s.'):format(path), 'settings.grok.log.level = "debug" makes the server say more.' }
  end
  vim.cmd.new()
  local bufnr = vim.api.nvim_get_current_buf()
  vim.bo[bufnr].buftype, vim.bo[bufnr].bufhidden, vim.bo[bufnr].swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  vim.bo[bufnr].modifiable = false
  vim.api.nvim_win_set_cursor(0, { #lines, 0 })
end

return M
