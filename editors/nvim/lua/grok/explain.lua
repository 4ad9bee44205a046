---@brief An explanation: Markdown in a float as it is written, with follow-up questions. The server made the text harmless.

local config = require('grok.config')
local float = require('grok.float')
local notify = require('grok.errors').notify
local wire = require('grok.wire')

local M = {}

---@class grok.Explanation
---@field float grok.Float
---@field client_id integer
---@field bufnr integer
---@field run grok.RunAction
---@field job? grok.Job
---@field from integer row where the answer that is being written begins
---@field question string the user's own words, '' for a bare explanation
---@field exchange? { question: string, answer: string } the last one that came to its end

---@type grok.Explanation?
local last

-- Characters of the earlier answer that go with a follow-up question: enough for what "it" or "why" refers to.
local MOST = 2000

local KEYS = { 'q close', 'a ask' }
local WAITING = { 'c cancel', 'waiting for the model' }

--- A question with what it goes on from: the server remembers no conversation, and "why?" alone asks about nothing.
---@param explanation grok.Explanation
---@param question string
---@return string
local function with_exchange(explanation, question)
  local earlier = explanation.exchange
  if not earlier then
    return question
  end
  local answer = vim.fn.strcharpart(earlier.answer, 0, MOST)
  local cut = answer == earlier.answer and '' or (', its first %d characters'):format(MOST)
  local asked = earlier.question ~= '' and earlier.question or 'Explain this code.'
  local parts =
    { 'Earlier question: ' .. asked, ('Earlier answer%s:\n%s'):format(cut, answer), 'Question now: ' .. question }
  return table.concat(parts, '\n\n')
end

---@param explanation grok.Explanation
---@param message grok.Stream
local function on_stream(explanation, message)
  if message.kind == 'text' then
    float.append(explanation.float, message.delta or '')
  elseif message.kind == 'status' then
    float.footer(explanation.float, WAITING[1], message.delta or '')
  end
end

---@param explanation grok.Explanation
---@param result grok.Result
local function on_end(explanation, result)
  explanation.job = nil
  if result.status == 'explained' then
    local answer = vim.trim(result.markdown or '')
    explanation.exchange = { question = explanation.question, answer = answer }
    float.set(explanation.float, answer, explanation.from)
    float.fit(explanation.float)
    local usage = result.usage or {}
    local money = usage.costUsd and wire.money(usage.costUsd) or ''
    float.footer(explanation.float, KEYS[1], KEYS[2], money, usage.servedModel or usage.model or '')
    return
  end
  if vim.api.nvim_buf_line_count(explanation.float.bufnr) <= explanation.from + 1 then
    float.set(explanation.float, result.message, explanation.from)
  end
  float.footer(explanation.float, unpack(KEYS))
end

---@param explanation grok.Explanation
---@param job grok.Job
local function bind(explanation, job)
  explanation.job = job
  job.on_stream = function(message)
    on_stream(explanation, message)
  end
  job.on_end = function(result)
    on_end(explanation, result)
  end
end

---@param explanation grok.Explanation
local function ask(explanation)
  if explanation.job then
    notify('The answer is still being written; c cancels it.')
    return
  end
  vim.ui.input({ prompt = 'Ask about this code: ' }, function(question)
    if not question or question == '' or not vim.api.nvim_buf_is_valid(explanation.float.bufnr) then
      return
    end
    local client = vim.lsp.get_client_by_id(explanation.client_id)
    if not client or not vim.api.nvim_buf_is_loaded(explanation.bufnr) then
      notify('The code of this explanation is no longer open; ask again with :Grok explain.', vim.log.levels.WARN)
      return
    end
    float.append(explanation.float, ('\n\n---\n\n**%s**\n\n'):format(question))
    explanation.from = vim.api.nvim_buf_line_count(explanation.float.bufnr) - 1
    explanation.question = question
    local run = vim.tbl_extend('force', explanation.run, {
      instruction = with_exchange(explanation, question),
      version = vim.lsp.util.buf_versions[explanation.bufnr],
    })
    float.footer(explanation.float, unpack(WAITING))
    require('grok.jobs').start(client, explanation.bufnr, run, function(job)
      bind(explanation, job)
    end)
  end)
end

--- Open a float for `job` and let it show what the job answers.
---@param job grok.Job
function M.attach(job)
  if last and not last.job then
    float.discard(last.float)
  end
  local question = job.run.instruction or ''
  local explanation = { client_id = job.client_id, bufnr = job.bufnr, run = job.run, from = 0, question = question }
  explanation.float = float.open({
    name = 'explain',
    title = ('Grok: %s'):format(job.run.action),
    filetype = 'markdown',
    width = config.options.explain.width,
    enter = config.options.explain.enter,
    keys = {
      a = {
        run = function()
          ask(explanation)
        end,
        desc = 'Ask a question about the same code',
      },
      c = {
        run = function()
          if explanation.job then
            require('grok.jobs').cancel(explanation.job)
          end
        end,
        desc = 'Cancel',
      },
    },
  })
  float.footer(explanation.float, unpack(WAITING))
  last = explanation
  bind(explanation, job)
end

--- Put the cursor into the last explanation, opened again if need be.
---@return boolean found
function M.focus()
  return last ~= nil and float.focus(last.float)
end

return M
