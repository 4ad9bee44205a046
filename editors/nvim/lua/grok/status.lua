---@brief What a running job looks like: a note at its line, and a text for a statusline.

local config = require('grok.config')

local M = {}

local namespace = vim.api.nvim_create_namespace('grok_status')

---@type table<string, integer> extmark by the job's token
local notes = {}

vim.api.nvim_set_hl(0, 'GrokProgress', { link = 'DiagnosticVirtualTextInfo', default = true })

---@param job grok.Job
local function describe(job)
  local text = job.phase ~= '' and job.phase or 'waiting for the model'
  return ('Grok %s: %s'):format(job.run.action, (text:gsub('%s+', ' ')))
end

---@param job grok.Job
---@param row integer
local function draw(job, row)
  notes[job.token] = vim.api.nvim_buf_set_extmark(job.bufnr, namespace, row, 0, {
    id = notes[job.token],
    virt_text = { { ' ' .. describe(job), 'GrokProgress' } },
    virt_text_pos = 'eol',
    hl_mode = 'combine',
  })
end

---@param job grok.Job
function M.started(job)
  vim.cmd.redrawstatus({ bang = true })
  if not config.options.progress or not vim.api.nvim_buf_is_loaded(job.bufnr) then
    return
  end
  draw(job, math.min(job.run.range.start.line, vim.api.nvim_buf_line_count(job.bufnr) - 1))
end

---@param job grok.Job
function M.changed(job)
  vim.cmd.redrawstatus({ bang = true })
  local id = notes[job.token]
  if not id or not vim.api.nvim_buf_is_valid(job.bufnr) then
    return
  end
  -- The note stays with its line while the user types above it.
  local at = vim.api.nvim_buf_get_extmark_by_id(job.bufnr, namespace, id, {})
  if at[1] then
    draw(job, at[1])
  end
end

---@param job grok.Job
function M.ended(job)
  vim.cmd.redrawstatus({ bang = true })
  local id = notes[job.token]
  notes[job.token] = nil
  if id and vim.api.nvim_buf_is_valid(job.bufnr) then
    vim.api.nvim_buf_del_extmark(job.bufnr, namespace, id)
  end
end

--- For a statusline: empty while nothing runs.
---@return string
function M.text()
  local loaded = package.loaded['grok.jobs']
  local jobs = loaded and loaded.list() or {}
  if #jobs == 0 then
    return ''
  end
  return #jobs == 1 and describe(jobs[1]) or ('Grok: %d jobs'):format(#jobs)
end

return M
