---@brief The code actions of the server in a menu of their own.

local M = {}

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
  local function is_fix(action)
    return vim.startswith(action.kind or '', 'quickfix')
  end
  ask(client, bufnr, line, nil, function(of_line, err)
    ask(client, bufnr, cursor, nil, function(of_cursor)
      local actions = vim.iter(of_line):filter(is_fix):totable()
      vim.list_extend(actions, vim.iter(of_cursor):filter(function(action)
        return not is_fix(action)
      end):totable())
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
