---@brief The code actions of the server: in a menu of their own, and with everyone's diagnostics in Neovim's.

local M = {}

---@type table<integer, true> by client
local completed = {}

---@param action lsp.CodeAction
local function is_fix(action)
  return vim.startswith(action.kind or '', 'quickfix')
end

--- The request for the fixes of all problems on the lines that another one asks about, or nothing where there are none.
---@param client vim.lsp.Client
---@param params lsp.CodeActionParams
---@param bufnr integer
---@return lsp.CodeActionParams?
local function for_lines(client, params, bufnr)
  local lines = { first = params.range.start.line, from = 0, last = params.range['end'].line, to = math.huge }
  local wire = require('grok.wire')
  local found = wire.diagnostics(bufnr, lines, client.offset_encoding)
  local only = params.context.only
  if #found == 0 or #params.context.diagnostics > 0 or (only and not vim.tbl_contains(only, 'quickfix')) then
    return nil
  end
  local fixes = vim.deepcopy(params)
  fixes.range = wire.range(bufnr, lines, client.offset_encoding)
  fixes.context.diagnostics, fixes.context.only = found, { 'quickfix' }
  return fixes
end

--- Neovim's own menu sends a server the diagnostics that this server reported, and ours reports none. From now on what this
--- client answers to the menu begins with the fixes of every tool's problems on the lines, as the menu has them of other servers.
---@param client vim.lsp.Client
function M.complete(client)
  if completed[client.id] then
    return
  end
  completed[client.id] = true
  local request = client.request
  ---@diagnostic disable-next-line: duplicate-set-field
  function client.request(self, method, params, handler, bufnr)
    local asked = bufnr and bufnr ~= 0 and bufnr or vim.api.nvim_get_current_buf()
    local of_menu = self == client and method == 'textDocument/codeAction' and handler
    local fixes = of_menu and for_lines(client, params, asked)
    if not fixes then
      return request(self, method, params, handler, bufnr)
    end
    return request(self, method, fixes, function(_, of_lines)
      local first = vim.tbl_filter(is_fix, require('grok.wire').plain(of_lines) or {})
      local sent = request(self, method, params, function(err, rest, context)
        local all = vim.list_extend(first, require('grok.wire').plain(rest) or {})
        handler(#all == 0 and err or nil, all, context)
      end, bufnr)
      if not sent then
        handler(nil, first, { client_id = client.id, bufnr = asked, method = method, params = params })
      end
    end, bufnr)
  end
end

---@param client vim.lsp.Client
---@param bufnr integer
---@param run grok.RunAction whose range and diagnostics are asked about
---@param only? string[] kinds
---@param done fun(actions: lsp.CodeAction[], err?: lsp.ResponseError)
local function ask(client, bufnr, run, only, done)
  client:request('textDocument/codeAction', {
    textDocument = { uri = run.uri },
    range = run.range,
    context = { diagnostics = run.diagnostics or {}, triggerKind = 1, only = only },
  }, function(err, actions)
    done(require('grok.wire').plain(actions) or {}, err)
  end, bufnr)
end

-- Milliseconds for each of the two questions: the user waits with a finger on the key, and the server answers in a few.
local COMPLETION_MS = 300

--- Names of the actions that the server offers for the text as a whole or at the cursor, sorted.
---@param client vim.lsp.Client
---@param bufnr integer
---@return string[]
function M.names(client, bufnr)
  local wire = require('grok.wire')
  local cursor = vim.api.nvim_win_get_cursor(0)
  local row, column = cursor[1] - 1, cursor[2]
  local found = {}
  for _, place in ipairs({
    { first = 0, from = 0, last = math.huge, to = math.huge },
    { first = row, from = column, last = row, to = column },
  }) do
    local answer = client:request_sync('textDocument/codeAction', {
      textDocument = { uri = vim.uri_from_bufnr(bufnr) },
      range = wire.range(bufnr, place, client.offset_encoding),
      context = { diagnostics = wire.diagnostics(bufnr, place, client.offset_encoding), triggerKind = 1 },
    }, COMPLETION_MS, bufnr)
    for _, action in ipairs(wire.plain(answer and answer.result) or {}) do
      local run = action.command and action.command.command == 'grok.run' and action.command.arguments[1]
      if run then
        found[run.action] = true
      end
    end
  end
  local names = vim.tbl_keys(found)
  table.sort(names)
  return names
end

---@param client vim.lsp.Client
---@param bufnr integer
---@param actions lsp.CodeAction[]
local function choose(client, bufnr, actions)
  vim.ui.select(actions, {
    prompt = 'Grok:',
    kind = 'codeaction',
    format_item = function(action)
      return (action.title:gsub('%s+', ' '))
    end,
  }, function(action)
    if action then
      client:exec_cmd(action.command, { bufnr = bufnr })
    end
  end)
end

--- Fixes are asked for the whole line, the rest for the cursor: a diagnostic need not be under it, a definition must.
---@param client vim.lsp.Client
---@param bufnr integer
---@param line grok.RunAction
---@param cursor grok.RunAction
function M.open(client, bufnr, line, cursor)
  ask(client, bufnr, line, nil, function(of_line, err)
    ask(client, bufnr, cursor, nil, function(of_cursor)
      local actions = vim.iter(of_line):filter(is_fix):totable()
      vim.list_extend(
        actions,
        vim
          .iter(of_cursor)
          :filter(function(action)
            return not is_fix(action)
          end)
          :totable()
      )
      if #actions == 0 then
        require('grok.errors').notify(err and err.message or 'There is nothing to do here.')
        return
      end
      choose(client, bufnr, actions)
    end)
  end)
end

--- The server gives named refactorings only to who asks for their kind, or for the kind of one of them.
local RECIPES = 'refactor.rewrite.grok.recipe'

---@param client vim.lsp.Client
---@param bufnr integer
---@param cursor grok.RunAction
---@param name? string of one recipe; without it the user chooses
function M.recipes(client, bufnr, cursor, name)
  ask(client, bufnr, cursor, { name and ('%s.%s'):format(RECIPES, name) or RECIPES }, function(actions, err)
    if #actions == 0 then
      local nothing = name and ('Nothing to %s here.'):format(name) or 'No named refactoring applies here.'
      require('grok.errors').notify(err and err.message or nothing)
    elseif name then
      client:exec_cmd(actions[1].command, { bufnr = bufnr })
    else
      choose(client, bufnr, actions)
    end
  end)
end

return M
