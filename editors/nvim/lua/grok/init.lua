---@brief The API. Everything that `:Grok` does can be called from Lua; see `:help grok`.

local config = require('grok.config')
local errors = require('grok.errors')

local M = {}

local NAME = 'grok_ls'

--- Read options, hand settings to the server, enable it. Calling it again replaces the options of the call before.
---@param options? grok.Options|table
function M.setup(options)
  for _, problem in ipairs(config.set(options)) do
    errors.notify(problem, vim.log.levels.WARN)
  end
  local wanted = config.options
  require('grok.server').configure(NAME, wanted)
  if wanted.enable then
    vim.lsp.enable(NAME)
  end
end

--- The running server of a buffer, or a message that says what to do.
---@param bufnr integer
---@return vim.lsp.Client?
function M.client(bufnr)
  local client = vim.lsp.get_clients({ bufnr = bufnr, name = NAME })[1]
  if client and client.initialized then
    return client
  end
  if client then
    errors.notify('The server is starting; try again in a moment.')
  elseif not vim.lsp.is_enabled(NAME) then
    errors.notify("The server is not enabled: call vim.lsp.enable('grok_ls').", vim.log.levels.WARN)
  else
    errors.notify('No server is attached to this buffer; :checkhealth grok says why.', vim.log.levels.WARN)
  end
end

--- Lines as the place to work on; in Visual mode the selection. Without either, the cursor's line or position.
---@param bufnr integer
---@param lines? { [1]: integer, [2]: integer } from 1, inclusive
---@param whole_line boolean
---@return grok.Place
local function place_of(bufnr, lines, whole_line)
  local mode = vim.fn.mode()
  if not lines and (mode == 'v' or mode == 'V' or mode == '\22') then
    local a, b = vim.fn.getpos('v'), vim.fn.getpos('.')
    return require('grok.place').selected(bufnr, a, b, mode)
  end
  if lines then
    local marks = require('grok.place').marked(bufnr, lines)
    return marks or { first = lines[1] - 1, from = 0, last = lines[2] - 1, to = math.huge }
  end
  local cursor = vim.api.nvim_win_get_cursor(0)
  local row, column = cursor[1] - 1, cursor[2]
  if whole_line then
    return { first = row, from = 0, last = row, to = math.huge }
  end
  return { first = row, from = column, last = row, to = column }
end

---@class grok.Call
---@field lines? { [1]: integer, [2]: integer } from 1, inclusive
---@field instruction? string

---@param action string
---@param call? grok.Call
---@return vim.lsp.Client?, integer bufnr, grok.RunAction?
local function prepare(action, call)
  call = call or {}
  local bufnr = vim.api.nvim_get_current_buf()
  local client = M.client(bufnr)
  if not client then
    return nil, bufnr, nil
  end
  local place = place_of(bufnr, call.lines, action == 'fix')
  return client, bufnr, require('grok.wire').run_action(client, bufnr, action, place, call.instruction)
end

--- Start a job and show what it does. `grok.run` actions of a menu come here too.
---@param client vim.lsp.Client
---@param bufnr integer
---@param run grok.RunAction
---@return grok.Job
function M.start(client, bufnr, run)
  return require('grok.jobs').start(client, bufnr, run, function(job)
    if run.action == 'explain' then
      require('grok.explain').attach(job)
    end
  end)
end

--- Run an action by name, user-defined ones too.
---@param action string
---@param call? grok.Call
---@return grok.Job?
function M.run(action, call)
  local client, bufnr, run = prepare(action, call)
  if client and run then
    return M.start(client, bufnr, run)
  end
end

---@param call? grok.Call
function M.fix(call)
  return M.run('fix', call)
end

---@param call? grok.Call
function M.refactor(call)
  return M.run('refactor', call)
end

---@param call? grok.Call
function M.explain(call)
  return M.run('explain', call)
end

--- Run an action with an instruction that is asked for; an empty one means none.
---@param action string
---@param call? grok.Call
function M.ask(action, call)
  local client, bufnr, run = prepare(action, call)
  if not client or not run then
    return
  end
  vim.ui.input({ prompt = ('Grok %s, how? '):format(action) }, function(instruction)
    if instruction then
      run.instruction = instruction ~= '' and instruction or nil
      M.start(client, bufnr, run)
    end
  end)
end

--- Cancel the jobs of this buffer; where it has none, or with `all`, every job.
---@param all? boolean
---@return integer count
function M.cancel(all)
  local jobs = require('grok.jobs').list()
  local bufnr = vim.api.nvim_get_current_buf()
  local here = vim.tbl_filter(function(job)
    return job.bufnr == bufnr
  end, jobs)
  local chosen = not all and #here > 0 and here or jobs
  for _, job in ipairs(chosen) do
    require('grok.jobs').cancel(job)
  end
  if #chosen == 0 then
    errors.notify('Nothing is running.')
  end
  return #chosen
end

--- Show the request that an action would send, without sending it.
---@param action string
---@param call? grok.Call
function M.preview(action, call)
  local client, bufnr, run = prepare(action, call)
  if client and run then
    require('grok.pages').preview(client, bufnr, run)
  end
end

--- Show tokens and money of this session and today.
function M.usage()
  local client = M.client(vim.api.nvim_get_current_buf())
  if client then
    require('grok.pages').usage(client)
  end
end

--- Start a new session count; the server asks first.
function M.reset_budget()
  local client = M.client(vim.api.nvim_get_current_buf())
  if client then
    require('grok.pages').reset_budget(client)
  end
end

--- Stop the server and start it again for the buffers it worked for. The session, and so its budget, goes on.
function M.restart()
  local clients = vim.lsp.get_clients({ name = NAME })
  for _, client in ipairs(clients) do
    client:stop()
  end
  local gone = vim.wait(3000, function()
    return #vim.lsp.get_clients({ name = NAME }) == 0
  end, 20)
  if not gone then
    for _, client in ipairs(clients) do
      client:stop(true)
    end
  end
  -- Enabling again attaches it to the buffers that are open.
  vim.schedule(function()
    vim.lsp.enable(NAME)
  end)
end

--- Show what the server wrote to its log.
function M.log()
  require('grok.pages').log()
end

--- Put the cursor into the last explanation, opened again if it was closed.
function M.show()
  if not require('grok.explain').focus() then
    errors.notify('There is no explanation yet; :Grok explain asks for one.')
  end
end

--- Decide on the hunk under the cursor, or on all of this buffer's.
---@param all? boolean
function M.keep(all)
  require('grok.review').decide('keep', all or false)
end

---@param all? boolean
function M.discard(all)
  require('grok.review').decide('discard', all or false)
end

function M.next_hunk()
  require('grok.review').go(1)
end

function M.previous_hunk()
  require('grok.review').go(-1)
end

--- This server's code actions, and no other's, in a menu: the fixes of the whole line among them.
---@param call? grok.Call
function M.menu(call)
  local client, bufnr, line = prepare('fix', call)
  if client and line then
    local _, _, cursor = prepare('refactor', call)
    require('grok.menu').open(client, bufnr, line, cursor or line)
  end
end

--- A named refactoring of the selection or the definition at the cursor; without a name those that apply are offered.
---@param name? string
---@param call? grok.Call
function M.recipe(name, call)
  local client, bufnr, cursor = prepare('refactor', call)
  if client and cursor then
    require('grok.menu').recipes(client, bufnr, cursor, name)
  end
end

--- For a statusline; empty while nothing runs.
---@return string
function M.status()
  return require('grok.status').text()
end

--- Whether the server works for a buffer, for conditions in a configuration.
---@param bufnr? integer
function M.attached(bufnr)
  return #vim.lsp.get_clients({ bufnr = bufnr or 0, name = NAME }) > 0
end

return M
