-- A language server inside this Neovim: what it is asked is kept, what it answers is written in the test.
local M = {}

---@class test.Server
---@field requests { method: string, params: table, reply: fun(err: table?, result: any) }[]
---@field notifications { method: string, params: table }[]
---@field answer table<string, fun(params: table): any>
---@field dispatchers vim.lsp.rpc.Dispatchers

---@param capabilities table
---@return test.Server
local function new(capabilities)
  local server = { requests = {}, notifications = {}, answer = {} }
  server.answer.initialize = function()
    return { capabilities = capabilities, serverInfo = { name = 'grok-ls', version = '0' } }
  end
  server.answer.shutdown = function()
    return vim.NIL
  end
  return server
end

--- Start it for the current buffer, which gets `lines`.
---@param lines string[]
---@param encoding? string
---@return test.Server, vim.lsp.Client, integer bufnr
function M.start(lines, encoding)
  local server = new({
    positionEncoding = encoding or 'utf-8',
    textDocumentSync = 2,
    codeActionProvider = true,
    codeLensProvider = vim.empty_dict(),
    executeCommandProvider = { commands = { 'grok.run', 'grok.cancel', 'grok.usage', 'grok.preview', 'grok.review' } },
  })
  local closing = false
  local config = vim.deepcopy(vim.lsp.config.grok_ls)
  config.cmd = function(dispatchers)
    server.dispatchers = dispatchers
    return {
      request = function(method, params, callback)
        local request = { method = method, params = params }
        request.reply = function(err, result)
          vim.schedule(function()
            callback(err, result)
          end)
        end
        table.insert(server.requests, request)
        local key = method == 'workspace/executeCommand' and params.command or method
        if server.answer[key] then
          request.reply(nil, server.answer[key](params))
        end
        return true, #server.requests
      end,
      notify = function(method, params)
        table.insert(server.notifications, { method = method, params = params })
        if method == 'exit' then
          closing = true
          dispatchers.on_exit(0, 0)
        end
        return true
      end,
      is_closing = function()
        return closing
      end,
      terminate = function()
        closing = true
        dispatchers.on_exit(0, 0)
      end,
    }
  end
  vim.cmd.edit(vim.fn.tempname() .. '.py')
  local bufnr = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  local id = assert(vim.lsp.start(config, { bufnr = bufnr }))
  local client = assert(vim.lsp.get_client_by_id(id))
  assert(vim.wait(2000, function()
    return client.initialized
  end, 5))
  vim.wait(20)
  return server, client, bufnr
end

--- The last request of a command, waited for.
---@param server test.Server
---@param command string
function M.asked(server, command)
  local found
  assert(
    vim.wait(2000, function()
      for _, request in ipairs(server.requests) do
        if request.method == 'workspace/executeCommand' and request.params.command == command then
          found = request
        end
      end
      return found
    end, 5),
    'not asked: ' .. command
  )
  return found
end

--- Everything that `vim.notify` is told while `run` runs.
---@param run fun()
---@return string
function M.told(run)
  local original, said = vim.notify, {}
  ---@diagnostic disable-next-line: duplicate-set-field
  vim.notify = function(message, level)
    table.insert(said, ('[%d] %s'):format(level or 2, message))
  end
  local ok, err = pcall(run)
  vim.notify = original
  assert(ok, err)
  return table.concat(said, '\n')
end

function M.equal(actual, expected)
  assert(vim.deep_equal(actual, expected), ('got %s\nnot %s'):format(vim.inspect(actual), vim.inspect(expected)))
end

function M.contains(text, part)
  assert(text:find(part, 1, true), ('%q has no %q'):format(text, part))
end

return M
