---@brief The code actions of the server in a menu of their own.

local M = {}

---@param client vim.lsp.Client
---@param bufnr integer
---@param run grok.RunAction whose range and diagnostics are asked about
function M.open(client, bufnr, run)
  local params = {
    textDocument = { uri = run.uri },
    range = run.range,
    context = { diagnostics = run.diagnostics or {}, triggerKind = 1 },
  }
  client:request('textDocument/codeAction', params, function(err, actions)
    if err or not actions or #actions == 0 then
      require('grok.errors').notify(err and err.message or 'There is nothing to do here.')
      return
    end
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
  end, bufnr)
end

return M
