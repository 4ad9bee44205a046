---@brief Jobs of this Neovim: asked for, followed, cancelled, ended. `status`, `explain`, `diff` and `review` show them.

local errors = require('grok.errors')

local M = {}

---@class grok.Job
---@field token string our progress token
---@field id? string the server's job id, known from the first `grok/stream` on
---@field client_id integer
---@field bufnr integer
---@field run grok.RunAction
---@field phase string what the server said last
---@field on_stream? fun(message: grok.Stream)
---@field on_end? fun(result: grok.Result)

local CANCELLED = -32800

---@type table<string, grok.Job> by token
local running = {}
local count = 0

---@param name 'GrokJobStarted'|'GrokJobProgress'|'GrokJobEnded'
---@param job grok.Job
---@param result? grok.Result
local function emit(name, job, result)
  vim.api.nvim_exec_autocmds('User', {
    pattern = name,
    modeline = false,
    data = {
      token = job.token,
      job_id = job.id,
      action = job.run.action,
      bufnr = job.bufnr,
      client_id = job.client_id,
      phase = job.phase,
      result = result,
    },
  })
end

---@param job grok.Job
---@param result grok.Result
local function finish(job, result)
  if not running[job.token] then
    return
  end
  running[job.token] = nil
  require('grok.status').ended(job)
  require('grok.diff').ended(job)
  if result.status == 'explained' and not job.on_end then
    require('grok.explain').attach(job)
  end
  if job.on_end then
    job.on_end(result)
  end
  if result.status == 'review' then
    require('grok.review').begin(job, result)
  end
  -- An explanation is its own message.
  if result.status ~= 'explained' then
    errors.notify(result.message, errors.level(result))
  end
  emit('GrokJobEnded', job, result)
end

---@param err lsp.ResponseError
---@return grok.Result
local function from_error(err)
  if err.code == CANCELLED then
    return { status = 'cancelled', message = 'Cancelled; nothing was changed.' }
  end
  return { status = 'failed', code = 'internal', message = err.message }
end

---@param event { data: { client_id: integer, params: lsp.ProgressParams } }
local function on_progress(event)
  local job = running[event.data.params.token]
  local value = event.data.params.value
  if job and type(value) == 'table' and value.kind ~= 'end' then
    job.phase = value.message or job.phase
    require('grok.status').changed(job)
    emit('GrokJobProgress', job)
  end
end

---@param client_id integer
local function on_detach(client_id)
  for _, job in ipairs(M.list()) do
    if job.client_id == client_id then
      finish(job, {
        status = 'failed',
        code = 'internal',
        message = 'The server ended while the job was running. :Grok log shows why, :Grok restart starts it again.',
      })
    end
  end
end

local watching = false
local function watch()
  if watching then
    return
  end
  watching = true
  local group = vim.api.nvim_create_augroup('grok_jobs', {})
  vim.api.nvim_create_autocmd('LspProgress', { group = group, callback = on_progress })
  vim.api.nvim_create_autocmd('LspDetach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if not client or client:is_stopped() then
        on_detach(event.data.client_id)
      end
    end,
  })
end

--- Ask the server for a job. Its outcome is told to the user unless it is an explanation, which is its own message.
---@param client vim.lsp.Client
---@param bufnr integer
---@param run grok.RunAction
---@param prepare? fun(job: grok.Job) sets `on_stream` and `on_end` before anything can arrive
---@return grok.Job
function M.start(client, bufnr, run, prepare)
  watch()
  count = count + 1
  ---@type grok.Job
  local job = { token = ('grok-%d'):format(count), client_id = client.id, bufnr = bufnr, run = run, phase = '' }
  running[job.token] = job
  if prepare then
    prepare(job)
  end
  require('grok.status').started(job)
  emit('GrokJobStarted', job)
  local params = { command = 'grok.run', arguments = { run }, workDoneToken = job.token }
  local sent = client:request('workspace/executeCommand', params, function(err, result)
    finish(job, err and from_error(err) or require('grok.wire').plain(result))
  end, bufnr)
  if not sent then
    finish(
      job,
      { status = 'failed', code = 'internal', message = 'The server is not running; :Grok restart starts it again.' }
    )
  end
  return job
end

--- A `grok.run` that the user chose in the code action menu.
---@param command lsp.Command
---@param context { bufnr: integer, client_id: integer }
function M.from_menu(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  require('grok').start(client, context.bufnr, command.arguments[1])
end

--- The job of a stream message. The first message of a job finds it by what was asked for: requests are begun in order.
---@param message grok.Stream
---@param client_id integer
---@return grok.Job?
local function job_of(message, client_id)
  for _, job in ipairs(M.list()) do
    if job.id == message.jobId then
      return job
    end
  end
  for _, job in ipairs(M.list()) do
    local same = job.run.action == message.action and job.run.uri == message.uri
    if not job.id and job.client_id == client_id and same then
      job.id = message.jobId
      return job
    end
  end
end

---@param message grok.Stream
---@param context { client_id: integer }
function M.stream(message, context)
  message = require('grok.wire').plain(message)
  local job = job_of(message, context.client_id)
  if not job then
    return
  end
  if message.kind == 'diff' then
    require('grok.diff').add(job, message.delta or '')
    return
  end
  if message.kind == 'text' and not job.on_stream then
    require('grok.explain').attach(job)
  end
  if job.on_stream then
    job.on_stream(message)
  end
end

--- Oldest first.
---@return grok.Job[]
function M.list()
  local jobs = vim.tbl_values(running)
  table.sort(jobs, function(a, b)
    return tonumber(a.token:match('%d+')) < tonumber(b.token:match('%d+'))
  end)
  return jobs
end

---@param job grok.Job
function M.cancel(job)
  local client = vim.lsp.get_client_by_id(job.client_id)
  if client then
    client:notify('window/workDoneProgress/cancel', { token = job.token })
  end
end

return M
